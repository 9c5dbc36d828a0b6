using System.CommandLine;
using System.Globalization;
using Baton.Evaluation.Learning;
using Baton.Evaluation.Learning.Gaps;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Cli.Learning;

/// <summary><c>baton knowledge gaps</c>: what customers ask for and no section answers.</summary>
internal static class GapsCommand
{
    private const int MostGaps = 500, MostTickets = 1_000;

    private static readonly Option<int> Most = new("--most")
    {
        Description = "Gaps at most, the largest.", DefaultValueFactory = _ => 20,
    };

    public static Command Command()
    {
        var command = new Command("gaps", "What customers ask for and no section answers: how often, what is nearest, what "
            + "it lacks, and what answering it would deflect.")
        {
            LearningVerbs.Playbook, DatabaseFile.Option, LearningVerbs.Days, Most, MeasureCommand.Json,
        };
        command.SetAction((parsed, token) => LearningVerbs.RunAsync(parsed, async (learning, days, _) =>
        {
            if (parsed.GetValue(Most) is not (> 0 and <= MostGaps) and var most)
                throw new CliError($"--most {most}: use 1 to {MostGaps}");
            var (open, gaps) = await learning.GapsAsync(days, parsed.GetValue(Most), token);
            if (parsed.GetValue(MeasureCommand.Json))
                Console.WriteLine(LearningRun.Json(open, gaps, MostTickets).ToJsonString(FiguresView.Indented));
            else Print(open, gaps);
            return 0;
        }));
        return command;
    }

    private static void Print(UnansweredQuestions open, IReadOnlyList<KnowledgeGap> gaps)
    {
        Write($"{open.Tickets:N0} tickets, {open.Questions.Count:N0} questions that the articles left open; where a section "
            + $"was on the matter it answered {open.Covered.Answered:N0} of {open.Covered.Of:N0}");
        foreach (var gap in gaps)
        {
            Write("");
            Write($"{gap.Name}");
            Write(string.Create(CultureInfo.InvariantCulture,
                $"  {gap.Tickets.Count} tickets; answering this would deflect {gap.Deflects * 100:0.0} % "
                + $"({gap.Between.Low * 100:0.0}–{gap.Between.High * 100:0.0})"));
            if (gap.Closest is { } near)
                Write(string.Create(CultureInfo.InvariantCulture, $"  nearest: {near.Article}#{near.Heading} ({near.Similarity:0.00})")
                    + (near.Lacks.Count == 0 ? "" : $", which says nothing of {string.Join(", ", near.Lacks)}"));
            foreach (var question in gap.Questions.Skip(1).Take(3)) Write($"  also: {question}");
            if (gap.Draft is { } draft) Write($"  people answered: {draft.Body}");
        }
        if (gaps.Count == 0) Write("no matter was asked for twice without an answer");
    }

    private static void Write(string text) => TerminalText.WriteLine(text);
}
