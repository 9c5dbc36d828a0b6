using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Playbooks;

/// <summary>
/// How the signals of a reply made of articles become the probability that it is right: fitted on the playbook's own
/// labelled tickets by <c>baton train answers</c>, kept in <c>answers.yaml</c>.
/// </summary>
/// <param name="Recipe">Which signals they weigh; weights of an older program are not used.</param>
/// <param name="Tickets">Labelled tickets they were fitted on.</param>
/// <param name="Point95">
/// Lowest probability from which 95 % were right, on tickets that the fit had not seen; 1 when there was none.
/// </param>
/// <param name="Weights">Of the standardised signals; the first is the constant.</param>
public sealed record AnswerWeights(
    string Recipe, int Tickets, double Point95, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation,
    IReadOnlyList<double> Weights)
{
    /// <summary>Raised when a signal changes.</summary>
    public const string CurrentRecipe = "answers-4";

    /// <summary>Signals of <see cref="CurrentRecipe"/>.</summary>
    public const int Signals = 18;

    /// <summary>Takes every reply for right: what rules, triggers and guards let through is all that is sent.</summary>
    public static AnswerWeights Always { get; } = new(
        CurrentRecipe, 0, 0, new double[Signals], [.. Enumerable.Repeat(1.0, Signals)], [20, .. new double[Signals]]);

    /// <summary>The probability of signals.</summary>
    public double Probability(double[] signals)
    {
        var sum = Weights[0];
        for (var i = 0; i < signals.Length; i++) sum += Weights[i + 1] * (signals[i] - Mean[i]) / Deviation[i];
        return 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>What the file calls its content: a number changed by hand is noticed.</summary>
    public string Content() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{Recipe} {Tickets} {Point95:R} {Join(Mean)} {Join(Deviation)} {Join(Weights)}"))))[..16];

    /// <summary>The file.</summary>
    public string ToYaml() => string.Create(CultureInfo.InvariantCulture, $"""
        # Made by `baton train answers` from labelled tickets; docs/local-tier/answers.md. Not to be edited.
        recipe: {Recipe}
        tickets: {Tickets}
        point_95: {Point95:R}
        mean: [{Join(Mean)}]
        deviation: [{Join(Deviation)}]
        weights: [{Join(Weights)}]
        content: "{Content()}"

        """);

    private static string Join(IReadOnlyList<double> values) =>
        string.Join(", ", values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
}
