using System.CommandLine;
using System.Globalization;
using Baton.Evaluation.Learning;
using Baton.Evaluation.Learning.Collisions;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Learning;

/// <summary><c>baton playbook collisions</c>: intents that are taken for each other.</summary>
internal static class CollisionsCommand
{
    private const int Shown = 5;

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
        foreach (var c in found)
        {
            TerminalText.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{c.One} and {c.Other}: {c.Sentences.Count} of {c.Examples} examples, {c.Traffic * 100:0.0} % of tickets; separating "
                + $"them would put {c.Misread * 100:0.0} % of tickets right ({c.Between.Low * 100:0.0}–{c.Between.High * 100:0.0})"));
            foreach (var s in c.Sentences.Take(Shown))
                TerminalText.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"  {s.Labelled} read as {s.Read} ({s.Confidence:0.00}): {s.Text}"));
        }
        if (found.Count == 0) TerminalText.WriteLine("no example is read as another intent");
    }
}
