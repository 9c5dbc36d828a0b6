using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Baton.Privacy;

namespace Baton.Benchmarks;

/// <summary>
/// How many megabytes of text per second of processor time does one thread redact? The best of many short passes, after
/// four seconds of warming up; made-up support mail and, where it is present, public data.
/// </summary>
internal static class RedactionRate
{
    private const int Mails = 400;

    public static int Run(string? data)
    {
        var redactor = new Redactor();
        var everything = new Redactor(RedactionProfile.Everything);
        var sets = Sets(data).ToList();
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed.TotalSeconds < 4)
        {
            foreach (var text in sets.SelectMany(s => s.Texts))
            {
                redactor.Redact(text, new Placeholders());
                everything.Find(text);
            }
        }
        Console.WriteLine("| texts | bytes each | found by default profile, MB/s | all types, MB/s | replaced, MB/s |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var (name, texts) in sets)
        {
            var bytes = texts.Sum(t => (long)Encoding.UTF8.GetByteCount(t));
            Console.WriteLine($"| {name} | {bytes / texts.Count} | {Rate(bytes, texts, t => redactor.Find(t)):0.0} "
                + $"| {Rate(bytes, texts, t => everything.Find(t)):0.0} "
                + $"| {Rate(bytes, texts, t => redactor.Redact(t, new Placeholders())):0.0} |");
        }
        return 0;
    }

    private static double Rate(long bytes, List<string> texts, Action<string> redact)
    {
        // Passes are short, so that the best one is a stretch without interruption.
        var best = double.MaxValue;
        for (var pass = 0; pass < 60; pass++)
        {
            // Processor time: what else the machine does counts less.
            var before = Environment.CpuUsage.TotalTime;
            foreach (var text in texts) redact(text);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }
        return bytes / 1e6 / best;
    }

    private static IEnumerable<(string Name, List<string> Texts)> Sets(string? data)
    {
        var random = new Random(1);
        yield return ("made-up support mail", [.. Enumerable.Range(0, Mails).Select(_ => Mail(random))]);
        if (data is null) yield break;
        (string, string, Func<JsonElement, string>)[] files =
        [
            ("eshop_tickets, whole threads", "eshop_tickets/tickets_train.jsonl", line => string.Join("\n\n",
                line.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("text").GetString()))),
            ("multilang_tickets, bodies", "multilang_tickets/train.jsonl",
                line => line.GetProperty("body").GetString()!),
            ("banking77", "banking77/train.jsonl", line => line.GetProperty("text").GetString()!),
            ("presidio synth_v2, dense with entities", "presidio_synth/synth_v2_train.jsonl",
                line => line.GetProperty("text").GetString()!),
            ("wnut17 posts", "wnut17/validation.jsonl", line => line.GetProperty("text").GetString()!),
        ];
        foreach (var (name, file, read) in files)
        {
            var path = Path.Combine(data, file);
            if (!File.Exists(path)) continue;
            yield return (name, [.. File.ReadLines(path).Take(1500)
                .Select(line => read(JsonSerializer.Deserialize<JsonElement>(line)))]);
        }
    }

    private static string Mail(Random random)
    {
        string[] names = ["Anna Kowalska", "Marcus Lee", "Priya Nair", "Jonas Weber", "Chloé Martin", "Diego Ramos"];
        string[] openings =
        [
            "I ordered a tent three weeks ago and it still has not arrived, although the tracking page says it left the warehouse.",
            "The zipper of my jacket broke on the second day and I would like to know whether the warranty covers this.",
            "I was charged twice for the same order and my bank tells me that only you can return the second payment.",
        ];
        string[] middles =
        [
            "I have already tried to log in with another browser, but the page only tells me that something went wrong.",
            "Please send the replacement to 14 Bramble Lane, Oakhurst 30511, because I moved since I placed the order.",
            "Could you tell me how long it usually takes, and whether I have to send the old one back before the new one ships?",
            "You can reach me under +44 20 7946 0958 in the afternoon, or by e-mail at anna.k@example.org at any time.",
        ];
        string Pick(string[] from) => from[random.Next(from.Length)];
        return $"Hello,\n\n{Pick(openings)} {Pick(middles)} {Pick(middles)}\n\nThank you very much for your help.\n\nKind regards,\n{Pick(names)}";
    }
}
