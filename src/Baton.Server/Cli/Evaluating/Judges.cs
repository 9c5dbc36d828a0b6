using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Evaluation.Judging;
using Baton.Evaluation.Scoring;
using Baton.Gateway;

namespace Baton.Server.Cli.Evaluating;

/// <summary>Models that judge answers, where a run asks for them.</summary>
internal sealed class Judges
{
    private const int MostSamples = 20, MostCriteria = 10;

    public static readonly Option<string?> Criteria = new("--judge")
    {
        Description = $"Also let a model judge: all, or names with commas of {string.Join(", ", JudgeCriterion.BuiltIn)} "
            + "and of evals/judges/*.md.",
    };

    public static readonly Option<int> Samples = new("--judge-samples")
    {
        Description = "How often each answer is judged; the mean is the score.", DefaultValueFactory = _ => 3,
    };

    private readonly IReadOnlyList<(JudgeCriterion Criterion, ModelJudge Judge)> _judges;
    private readonly string _anchors;

    private Judges(IReadOnlyList<(JudgeCriterion, ModelJudge)> judges, string anchors) =>
        (_judges, _anchors) = (judges, anchors);

    public IReadOnlyList<IMetric> Metrics => [.. _judges.Select(j => j.Judge)];

    /// <summary>Null where none is asked for, or no model is: then it is said which local judges stand in.</summary>
    /// <exception cref="CliError">A criterion is not known, or cannot be one.</exception>
    public static Judges? Of(EvaluationPlan plan, ModelGateway gateway)
    {
        if (plan.Judge is not { } asked) return null;
        if (plan.JudgeSamples is < 1 or > MostSamples)
            throw new CliError($"--judge-samples {plan.JudgeSamples}: use 1 to {MostSamples}");
        var criteria = Chosen(asked, Path.Combine(plan.Playbook, "evals", "judges"));
        if (!gateway.HasModels)
        {
            Console.Error.WriteLine("no model is configured: faithfulness and hallucination_rate (grounding), must_say and "
                + "escalation_appropriateness (labels) stand in for judges");
            return null;
        }
        return new Judges([.. criteria.Select(c => (c, new ModelJudge(c, gateway, plan.JudgeSamples)))],
            Path.Combine(plan.Playbook, "evals", "anchor.jsonl"));
    }

    /// <summary>How much judges vary, and how they score the answers that people have scored.</summary>
    public async Task<JsonObject> ReportAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<AnchorAnswer> anchors = [];
        try
        {
            if (File.Exists(_anchors)) anchors = AnchorAnswer.Read(_anchors);
        }
        catch (FormatException error)
        {
            throw new CliError(error.Message);
        }
        var report = new JsonObject();
        foreach (var (criterion, judge) in _judges)
        {
            var figures = await AnchorFigures.OfAsync(judge, criterion.Name, anchors, cancellationToken);
            report[criterion.Name] = new JsonObject
            {
                ["deviation"] = double.IsNaN(judge.Deviation) ? null : Math.Round(judge.Deviation, 4),
                ["anchor"] = figures.N == 0 ? null : figures.ToJson(),
            };
        }
        return report;
    }

    /// <summary>One line for each judge.</summary>
    public static void Print(JsonObject report)
    {
        foreach (var (name, judge) in report)
            TerminalText.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"judge {name}: samples of one answer vary by {judge!["deviation"]?.GetValue<double>():0.##} of 5; ")
                + (judge["anchor"] is JsonObject anchor ? string.Create(CultureInfo.InvariantCulture,
                    $"{anchor["bias"]?.GetValue<double>():+0.##;-0.##;0} against people on {anchor["n"]} anchors")
                    : "no anchors in evals/anchor.jsonl"));
    }

    private static IReadOnlyList<JudgeCriterion> Chosen(string asked, string folder)
    {
        var own = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).Take(MostCriteria).ToList() : [];
        try
        {
            var known = own.Select(JudgeCriterion.Read).ToDictionary(c => c.Name);
            foreach (var name in JudgeCriterion.BuiltIn) known.TryAdd(name, JudgeCriterion.Shipped(name));
            if (asked == "all") return [.. known.Values];
            string[] names = asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return names.FirstOrDefault(n => !known.ContainsKey(n)) is { } unknown
                ? throw new CliError($"--judge '{unknown}' is no criterion{Playbooks.Suggestion.Hint(unknown, known.Keys)}")
                : [.. names.Distinct().Select(n => known[n])];
        }
        catch (FormatException error)
        {
            throw new CliError(error.Message);
        }
    }
}
