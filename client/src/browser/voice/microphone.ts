/** The microphone of a browser: what hinders it, how loud it is, and what it recorded. */

/** Why nothing can be recorded. Each has something that a person can do about it. */
export type Hindrance =
  /** Plain http: browsers give a microphone to https and localhost only. */
  | "insecure"
  | "unsupported"
  | "refused"
  | "no_device"
  /** Another program holds it, or the system does not give it. */
  | "busy"
  | "failed";

export type Recording = { blob: Blob; milliseconds: number };

/** A recording under way. */
export type Take = {
  /** How loud it is now, from 0 to 1. */
  level(): number;
  /** Ends it. Rejects if the browser recorded nothing. */
  finish(): Promise<Recording>;
  /** Throws it away. */
  discard(): void;
  /** Resolves when the microphone is unplugged, or taken away in the browser's settings. */
  lost: Promise<void>;
};

/** Best first. Safari before 18.4 knows only MP4; Firefox and Chrome know WebM. The server reads all of them. */
const formats = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/** Plenty for speech in Opus, and a small upload: ten seconds are 40 kB. */
const BITS_PER_SECOND = 32_000;

/** What can be said without asking for the microphone; undefined when nothing is known to hinder. */
export function knownHindrance(): Hindrance | undefined {
  if (!window.isSecureContext) return "insecure";
  if (!navigator.mediaDevices || typeof MediaRecorder === "undefined") return "unsupported";
  return undefined;
}

/** Opens the microphone and begins to record. The browser asks its user the first time. */
export async function beginTake(): Promise<Take | Hindrance> {
  const known = knownHindrance();
  if (known) return known;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    return record(stream);
  } catch (error) {
    return hindranceOf(error);
  }
}

/** Asks for the microphone and gives it back at once. Undefined: it may be used. */
export async function askForMicrophone(): Promise<Hindrance | undefined> {
  const take = await beginTake();
  if (typeof take === "string") return take;
  take.discard();
  return undefined;
}

/** https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia */
function hindranceOf(error: unknown): Hindrance {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "refused";
    case "NotFoundError":
    case "OverconstrainedError":
      return "no_device";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "failed";
  }
}

function record(stream: MediaStream): Take {
  const mimeType = formats.find((format) => MediaRecorder.isTypeSupported(format));
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: BITS_PER_SECOND,
    ...(mimeType && { mimeType }),
  });
  const meter = createMeter(stream);
  const parts: Blob[] = [];
  const began = performance.now();
  const ended = new Promise<void>((resolve) => {
    recorder.addEventListener("stop", () => resolve(), { once: true });
  });
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  recorder.start();

  function close(): void {
    meter.close();
    for (const track of stream.getTracks()) track.stop();
  }

  return {
    level: meter.level,
    lost: new Promise((resolve) => {
      stream.getAudioTracks()[0]?.addEventListener("ended", () => resolve(), { once: true });
    }),
    async finish() {
      const milliseconds = Math.round(performance.now() - began);
      // It has stopped by itself when the microphone is gone; what was recorded until then is there.
      if (recorder.state !== "inactive") recorder.stop();
      await ended;
      close();
      const blob = new Blob(parts, { type: recorder.mimeType });
      if (blob.size === 0) throw new Error("The browser recorded nothing.");
      return { blob, milliseconds };
    },
    discard() {
      if (recorder.state !== "inactive") recorder.stop();
      close();
    },
  };
}

/** Speech is seldom louder than this share of full loudness: the meter is to move. */
const LOUD = 0.35;

function createMeter(stream: MediaStream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level(): number {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.min(1, Math.sqrt(power) / LOUD);
    },
    close: () => void context.close(),
  };
}
