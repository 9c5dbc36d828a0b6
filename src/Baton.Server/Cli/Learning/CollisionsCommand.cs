using System.CommandLine;
using System.Globalization;
using Baton.Evaluation.Learning;
using Baton.Evaluation.Learning.Collisions;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Learning;

/// <summary><c>baton playbook collisions</c>: intents that are taken for each other.</summary>
internal static class CollisionsCommand
{
    private const int Shown = 5, MostPairs = 20;

    /// <summary>Less than this a share is not written out.</summary>
    private const double Little = 0.001;

    public static Command Command()
    {
        var command = new Command("collisions", "Intents that are taken for each other, the examples at fault, and what "
            + "separating them would bring.")
        {
            LearningVerbs.Playbook, DatabaseFile.Option, LearningVerbs.Days, MeasureCommand.Json,
        };
        command.SetAction((parsed, token) => LearningVerbs.RunAsync(parsed, async (learning, days, _) =>
        {
            var found = await learning.CollisionsAsync(days, token);
            if (parsed.GetValue(MeasureCommand.Json))
                Console.WriteLine(LearningRun.Json(found).ToJsonString(FiguresView.Indented));
            else Print(found);
            return 0;
        }));
        return command;
    }

    private static void Print(IReadOnlyList<IntentCollision> found)
    {
        var shown = found.Where(c => c.IsPattern).Take(MostPairs).ToList();
        foreach (var c in shown)
        {
            TerminalText.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{c.One} and {c.Other}: {c.Sentences.Count} of {c.Examples} examples, {Share(c.Traffic)} of tickets; separating "
                + $"them would put {Brought(c)} of tickets right")
                + (c.PersonMissed == 0 ? "" : $"; {c.PersonMissed} of the sentences were for a person"));
            foreach (var s in c.Sentences.Take(Shown))
                TerminalText.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"  {s.Labelled} read as {s.Read} ({s.Confidence:0.00}): {s.Text}"));
        }
        if (found.Count == 0) TerminalText.WriteLine("no example is read as another intent");
        if (found.Count > shown.Count)
            TerminalText.WriteLine($"{found.Count - shown.Count} pairs more, {found.Count(c => !c.IsPattern)} of them by a "
                + "single sentence: --json lists all");
    }

    private static string Brought(IntentCollision pair) => pair.Misread < Little ? Share(pair.Misread)
        : string.Create(CultureInfo.InvariantCulture,
            $"{pair.Misread * 100:0.0} % ({pair.Between.Low * 100:0.0}–{pair.Between.High * 100:0.0})");

    private static string Share(double share) => share < Little ? "less than 0.1 %"
        : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");
}
