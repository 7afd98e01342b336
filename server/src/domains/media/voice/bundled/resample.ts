import {
  type Addon,
  type ChannelLayout,
  type Frame,
  MONO,
  type Resampler,
  SAMPLES_OF_16_BITS,
  STEREO,
  UNSPECIFIED,
} from "./addon.ts";
import { must } from "./decode.ts";

/** Turns frames of any kind into samples of 16 bits in one channel. */
export function createResampler(av: Addon, rate: number) {
  let resampler: Resampler | undefined;

  function begin({ channelLayout, format, sampleRate }: Frame): Resampler {
    const begun = new av.SoftwareResampleContext();
    must(
      begun.allocSetOpts2(MONO, SAMPLES_OF_16_BITS, rate, channelLayout, format, sampleRate),
      "describe the samples",
    );
    must(begun.init(), "prepare the samples");
    return begun;
  }

  /** The samples of a frame, or with null those that were still held back. */
  function convert(frame: Frame | null): Buffer {
    if (frame) {
      frame.channelLayout = layoutOf(frame);
      resampler ??= begin(frame);
    }
    if (!resampler) return Buffer.alloc(0);
    const converted = new av.Frame();
    converted.alloc();
    converted.format = SAMPLES_OF_16_BITS;
    converted.channelLayout = MONO;
    converted.sampleRate = rate;
    must(resampler.convertFrame(converted, frame), "convert samples");
    return converted.nbSamples > 0 ? converted.toBuffer() : Buffer.alloc(0);
  }

  return { convert };
}

/** A WAV does not say which channel is which. */
function layoutOf({ channelLayout }: Frame): ChannelLayout {
  if (channelLayout.order !== UNSPECIFIED) return channelLayout;
  return channelLayout.nbChannels === 1 ? MONO : STEREO;
}
