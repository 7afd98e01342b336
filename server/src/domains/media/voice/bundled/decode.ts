import { type Addon, AUDIO, type CodecContext, type FormatContext, type Frame, VIDEO } from "./addon.ts";

/** What it must be called by to be opened at all: nothing else of what FFmpeg understands is tried. */
export type Source = { path: string; demuxer: string; decoders: string[] };

/** Fails with FFmpeg's error, if it is one. */
export function must(result: number, doing: string): number {
  if (result < 0) throw new Error(`${doing}: ${result}`);
  return result;
}

/** Hands over each frame of the first audio stream, until there is none or `enough`. */
export function decode(av: Addon, source: Source, take: (frame: Frame) => void, enough: () => boolean): void {
  const input = open(av, source);
  const streams = input.streams ?? [];
  if (streams.some(({ codecpar }) => codecpar.codecType === VIDEO)) {
    // The words in which FFmpeg's own program says it, which our server looks for.
    process.stderr.write("  Stream #0:0: Video: \n");
  }
  const stream = streams.find(({ codecpar }) => codecpar.codecType === AUDIO);
  if (!stream) throw new Error("There is no sound in it.");
  const decoder = openDecoder(av, stream.codecpar, source.decoders);
  const packet = new av.Packet();
  packet.alloc();
  const frame = new av.Frame();
  frame.alloc();
  const drain = () => {
    while (!enough() && decoder.receiveFrameSync(frame) >= 0) {
      take(frame);
      frame.unref();
    }
  };
  while (!enough() && input.readFrameSync(packet) >= 0) {
    // A damaged packet is left out, as FFmpeg's own program does.
    if (packet.streamIndex === stream.index && decoder.sendPacketSync(packet) >= 0) drain();
    packet.unref();
  }
  decoder.sendPacketSync(null);
  drain();
}

function open(av: Addon, { path, demuxer, decoders }: Source): FormatContext {
  const options = new av.Dictionary();
  options.set("protocol_whitelist", "file", 0);
  options.set("format_whitelist", demuxer, 0);
  options.set("codec_whitelist", decoders.join(","), 0);
  const input = new av.FormatContext();
  input.allocContext();
  const format = av.InputFormat.findInputFormat(demuxer);
  must(input.openInputSync(`file:${path}`, format, options), "open");
  must(input.findStreamInfoSync(null), "look for streams");
  return input;
}

function openDecoder(av: Addon, parameters: { codecId: number }, decoders: string[]): CodecContext {
  const codec = av.Codec.findDecoder(parameters.codecId);
  if (!codec || !decoders.includes(codec.name ?? "")) throw new Error("Its sound has another format.");
  const decoder = new av.CodecContext();
  decoder.allocContext3(codec);
  must(decoder.parametersToContext(parameters), "prepare the decoder");
  decoder.threadCount = 1;
  must(decoder.open2Sync(codec, null), "open the decoder");
  return decoder;
}
