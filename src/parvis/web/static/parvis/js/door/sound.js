// What the verdict sounds like: two rising notes let in, two even ones were here before, a low one is a refusal.

const KEY = "parvis.door.muted";
// frequency in Hz, start and length in seconds
const NOTES = {
  good: { shape: "sine", notes: [[880, 0, 0.09], [1318, 0.1, 0.16]], shake: [60] },
  warn: { shape: "triangle", notes: [[587, 0, 0.14], [587, 0.22, 0.14]], shake: [120, 80, 120] },
  bad: { shape: "square", notes: [[196, 0, 0.45]], shake: [300, 100, 300] },
};

let context = null;

export function isMuted() {
  return localStorage.getItem(KEY) === "1";
}

export function toggleSound() {
  const muted = !isMuted();
  localStorage.setItem(KEY, muted ? "1" : "0");
  return muted;
}

export function play(tone) {
  const melody = NOTES[tone];
  if (!melody) return;
  navigator.vibrate?.(melody.shake);
  if (isMuted()) return;
  try {
    context ??= new AudioContext();
    context.resume();
    const from = context.currentTime + 0.01;
    for (const [frequency, start, length] of melody.notes) {
      const note = context.createOscillator();
      const volume = context.createGain();
      note.type = melody.shape;
      note.frequency.value = frequency;
      volume.gain.setValueAtTime(tone === "bad" ? 0.25 : 0.5, from + start);
      volume.gain.exponentialRampToValueAtTime(0.001, from + start + length);
      note.connect(volume).connect(context.destination);
      note.start(from + start);
      note.stop(from + start + length);
    }
  } catch {
    // a device without sound: colour, sign and word remain
  }
}
