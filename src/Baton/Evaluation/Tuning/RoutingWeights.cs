using System.Globalization;
using System.Text.RegularExpressions;
using Baton.Conversations;
using Baton.Evaluation.Learning.Suggesting;
using Baton.Evaluation.Metrics;
using Baton.Playbooks;
using Baton.Playbooks.Rules;

namespace Baton.Evaluation.Tuning;

/// <summary>
/// The weights of routing, as a choice that can be tuned: what each labelled ticket that went to a person by them costs
/// at other weights. A ticket at a level that its label does not name is handled by the wrong people.
/// </summary>
/// <param name="Urgency">What is left of 1 of both is the weight of unhappiness.</param>
internal sealed partial record RoutingWeights(double Urgency, double Complexity)
{
    /// <summary>As a threshold is called.</summary>
    public const string Name = "routing";

    private const double Least = 0.05, Most = 0.90, Step = 0.10;

    private const int Digits = 2;

    public double Unhappiness => Math.Round(1 - Urgency - Complexity, Digits);

    /// <summary>Those in force first, then the others, the nearest first.</summary>
    public static IReadOnlyList<RoutingWeights> Candidates(RoutingPolicy inForce)
    {
        var now = new RoutingWeights(inForce.UrgencyWeight, inForce.ComplexityWeight);
        var all = new List<RoutingWeights>();
        for (var u = Least; u <= Most; u = Math.Round(u + Step, Digits))
            for (var c = Least; u + c <= 1 - Least + 1e-9; c = Math.Round(c + Step, Digits))
                all.Add(new RoutingWeights(u, c));
        return
        [
            now, .. all.Where(w => w != now).OrderBy(w =>
                Math.Abs(w.Urgency - now.Urgency) + Math.Abs(w.Complexity - now.Complexity))
                .ThenBy(w => w.Urgency),
        ];
    }

    /// <summary>What each ticket costs at each of the candidates; they are told by their places.</summary>
    public static CostTable Table(
        RoutingPolicy policy, IReadOnlyList<RoutingWeights> candidates, IReadOnlyList<JudgedTicket> tickets,
            DecisionCosts costs) =>
        new(Name, [.. candidates.Select((_, i) => (double)i)], 0,
        [
            .. candidates.Select(w => tickets.Select(t => IsRouted(t) && !IsRight(t, w.RouteOf(policy, t.Decision))
                ? (double)costs.MishandledEscalation : 0).ToArray()),
        ]);

    /// <summary>A patch of <c>escalation.yaml</c>; null where the weights do not stand there, one on a line.</summary>
    public string? PatchOf(string yaml)
    {
        var text = yaml.ReplaceLineEndings("\n");
        foreach (var (key, value) in ((string, double)[])
            [("urgency_weight", Urgency), ("complexity_weight", Complexity), ("unhappiness_weight", Unhappiness)])
        {
            var written = value.ToString("0.##", CultureInfo.InvariantCulture);
            var line = new Regex($@"(?<=^\s+{key}:\s*)[0-9.]+", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
            if (line.Count(text) != 1) return null;
            text = line.Replace(text, written);
        }
        return UnifiedDiff.Of("escalation.yaml", yaml.ReplaceLineEndings("\n"), text);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"urgency {Urgency:0.00}, complexity {Complexity:0.00}, unhappiness {Unhappiness:0.00}");

    private Route RouteOf(RoutingPolicy policy, Decision decision)
    {
        var pressure = Urgency * decision.Tone!.Urgency + Complexity * decision.Complexity!.Score
            + Unhappiness * (10 - decision.Tone.Sentiment);
        return pressure >= policy.L3From ? Route.L3
            : pressure >= policy.L2From || decision.Complexity.CrossSystem ? Route.L2 : Route.L1;
    }

    /// <summary>Whether the weights decided, and the label says where it was due.</summary>
    private static bool IsRouted(JudgedTicket ticket) => ticket is
        { Due: "person", Got: "person", Expect.Route: not null, Decision: { Tone: not null, Complexity: not null } }
        && ByPressure().IsMatch(ticket.Decision.Reasoning);

    private static bool IsRight(JudgedTicket ticket, Route route) => EnumWords.Of(route) is var word
        && (word == ticket.Expect.Route || ticket.Expect.AcceptableRoutes.Contains(word));

    /// <summary>The policy's words where no rule and no trigger decided.</summary>
    [GeneratedRegex("(^|; )(low|moderate|high|extreme) urgency, ")]
    private static partial Regex ByPressure();
}
