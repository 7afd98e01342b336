/**
 * The part that we use of FFmpeg's C interface, as the addon of the packages `@seydx/node-av-*` hands it over. A negative
 * number is FFmpeg's error. https://ffmpeg.org/doxygen/trunk/
 */
export type Addon = {
  Dictionary: new () => Dictionary;
  InputFormat: { findInputFormat(name: string): object | null };
  FormatContext: new () => FormatContext;
  Packet: new () => Packet;
  Frame: new () => Frame;
  Codec: { findDecoder(id: number): Codec | null; findEncoderByName(name: string): Codec | null };
  CodecContext: new () => CodecContext;
  SoftwareResampleContext: new () => Resampler;
};

type Codec = { readonly name: string | null };

type Dictionary = { set(key: string, value: string, flags: number): number };

export type FormatContext = {
  readonly streams:
    | readonly { readonly index: number; codecpar: { codecType: number; codecId: number } }[]
    | null;
  allocContext(): void;
  openInputSync(url: string, format: object | null, options: Dictionary | null): number;
  findStreamInfoSync(options: null): number;
  readFrameSync(packet: Packet): number;
};

type Packet = { streamIndex: number; readonly data: Buffer | null; alloc(): void; unref(): void };

export type ChannelLayout = { nbChannels: number; order: number; mask: bigint };

export type Frame = {
  format: number;
  nbSamples: number;
  sampleRate: number;
  channelLayout: ChannelLayout;
  alloc(): void;
  unref(): void;
  allocBuffer(): number;
  fromBuffer(samples: Buffer): number;
  toBuffer(): Buffer;
};

export type CodecContext = {
  threadCount: number;
  bitRate: bigint;
  sampleRate: number;
  sampleFormat: number;
  channelLayout: ChannelLayout;
  readonly frameSize: number;
  allocContext3(codec: Codec): void;
  parametersToContext(parameters: object): number;
  open2Sync(codec: Codec, options: null): number;
  sendPacketSync(packet: Packet | null): number;
  receiveFrameSync(frame: Frame): number;
  sendFrameSync(frame: Frame | null): number;
  receivePacketSync(packet: Packet): number;
};

export type Resampler = {
  allocSetOpts2(
    toLayout: ChannelLayout,
    toFormat: number,
    toRate: number,
    fromLayout: ChannelLayout,
    fromFormat: number,
    fromRate: number,
  ): number;
  init(): number;
  convertFrame(to: Frame | null, from: Frame | null): number;
};

export const AUDIO = 1;
export const VIDEO = 0;
export const SAMPLES_OF_16_BITS = 1;
export const PLANAR_SAMPLES_OF_16_BITS = 6;
export const UNSPECIFIED = 0;
export const STEREO: ChannelLayout = { nbChannels: 2, order: 1, mask: 3n };
export const MONO: ChannelLayout = { nbChannels: 1, order: 1, mask: 4n };
