import { type Addon, type CodecContext, MONO, PLANAR_SAMPLES_OF_16_BITS } from "./addon.ts";
import { must } from "./decode.ts";

const BYTES_PER_SAMPLE = 2;

/** MP3 of samples of 16 bits in one channel. */
export function encode(av: Addon, samples: Buffer, rate: number, bitRate: number): Buffer {
  const encoder = openEncoder(av, rate, bitRate);
  const packet = new av.Packet();
  packet.alloc();
  const parts: Buffer[] = [];
  const drain = () => {
    while (encoder.receivePacketSync(packet) >= 0) {
      parts.push(Buffer.from(packet.data ?? []));
      packet.unref();
    }
  };
  const step = encoder.frameSize * BYTES_PER_SAMPLE;
  for (let at = 0; at < samples.length; at += step) {
    const part = samples.subarray(at, at + step);
    const frame = new av.Frame();
    frame.alloc();
    frame.format = PLANAR_SAMPLES_OF_16_BITS;
    frame.channelLayout = MONO;
    frame.sampleRate = rate;
    frame.nbSamples = part.length / BYTES_PER_SAMPLE;
    must(frame.allocBuffer(), "make room for samples");
    must(frame.fromBuffer(part), "fill in samples");
    must(encoder.sendFrameSync(frame), "encode");
    drain();
  }
  must(encoder.sendFrameSync(null), "end encoding");
  drain();
  return Buffer.concat(parts);
}

function openEncoder(av: Addon, rate: number, bitRate: number): CodecContext {
  const codec = av.Codec.findEncoderByName("libmp3lame");
  if (!codec) throw new Error("There is no MP3 encoder.");
  const encoder = new av.CodecContext();
  encoder.allocContext3(codec);
  encoder.bitRate = BigInt(bitRate);
  encoder.sampleRate = rate;
  encoder.sampleFormat = PLANAR_SAMPLES_OF_16_BITS;
  encoder.channelLayout = MONO;
  must(encoder.open2Sync(codec, null), "open the encoder");
  return encoder;
}
