using System.Text.Json;
using Baton.Triage.Tone;
using Baton.Triage.Tone.Sentiment;

namespace Baton.Benchmarks.Training;

/// <summary>
/// <c>train-tone --goemotions DIR --out FILE [--seed N]</c>: makes <c>word-valence.bin</c>. Reads <c>train.jsonl</c>
/// (<c>text</c>, <c>emotions</c>) and <c>groups.jsonl</c> (<c>emotion</c>, <c>group</c>) of GoEmotions.
/// The same input and seed give the same bytes.
/// </summary>
internal static class TrainTone
{
    public static int Run(string[] args)
    {
        if (Option(args, "--goemotions") is not { } folder || Option(args, "--out") is not { } output)
        {
            Console.Error.WriteLine("usage: train-tone --goemotions DIR --out FILE [--seed N]");
            return 1;
        }
        var seed = int.Parse(Option(args, "--seed") ?? "1");
        var texts = Read(folder).ToList();
        var valences = new WordValenceTrainer(ToneModel.Phrases).Train(texts, seed);
        using (var file = File.Create(output)) valences.Save(file);
        Console.WriteLine($"{texts.Count} texts, {valences.Count} words, {new FileInfo(output).Length} bytes");
        return 0;
    }

    /// <summary>
    /// Texts whose emotions agree: at least 60 % of them on one side; "ambiguous" ones count as neutral.
    /// </summary>
    private static IEnumerable<PolarText> Read(string folder)
    {
        var groups = Lines(Path.Combine(folder, "groups.jsonl")).ToDictionary(
            line => line.GetProperty("emotion").GetString()!,
            line => line.GetProperty("group").GetString() switch { "positive" => 1, "negative" => -1, _ => 0 });
        foreach (var line in Lines(Path.Combine(folder, "train.jsonl")))
        {
            var sides = line.GetProperty("emotions").EnumerateArray().Select(e => groups[e.GetString()!]).ToList();
            var most = sides.GroupBy(s => s).MaxBy(g => g.Count())!;
            if (most.Count() < 0.6 * sides.Count) continue;
            yield return new PolarText(line.GetProperty("text").GetString()!, most.Key);
        }
    }

    private static IEnumerable<JsonElement> Lines(string file) =>
        File.ReadLines(file).Select(line => JsonSerializer.Deserialize<JsonElement>(line));

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
