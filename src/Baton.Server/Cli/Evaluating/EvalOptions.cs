using System.CommandLine;

namespace Baton.Server.Cli.Evaluating;

/// <summary>Options that verbs of <c>eval</c> have in common.</summary>
internal static class EvalOptions
{
    private const int MostRuns = 100;

    public static Option<string?> Set() => new("--set")
    {
        Description = "Labelled tickets, one JSON object per line (default: evals/golden.jsonl of the playbook).",
    };

    public static Option<int> Runs() => new("--runs")
    {
        Description = "How often each ticket is decided; with models, answers differ.", DefaultValueFactory = _ => 1,
    };

    public static Option<int?> Sample() => new("--sample")
    {
        Description = "Only so many tickets of the set, the same for a seed.",
    };

    public static Option<int> Seed() => new("--seed")
    {
        Description = "Which tickets a sample takes.", DefaultValueFactory = _ => 1,
    };

    public static Option<string?> JUnit() => new("--junit")
    {
        Description = "Write JUnit XML to this file, for continuous integration.",
    };

    public static Option<string?> Html() => new("--html") { Description = "Write a page to this file." };

    /// <summary>The golden tickets of a playbook, where nothing else is named.</summary>
    public static string SetOf(string? named, string playbook) =>
        named ?? Path.Combine(playbook, "evals", "golden.jsonl");

    /// <exception cref="CliError">A number is out of range.</exception>
    public static EvaluationPlan Plan(string? set, string playbook, string? models, int runs, int? sample, int seed) =>
        runs is < 1 or > MostRuns ? throw new CliError($"--runs {runs}: use 1 to {MostRuns}")
            : sample is < 1 ? throw new CliError($"--sample {sample}: use 1 or more")
            : new EvaluationPlan(SetOf(set, playbook), playbook, models, runs, sample, seed);
}
