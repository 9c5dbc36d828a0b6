using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Rules;

namespace Baton.Playbooks.Loading;

/// <summary>Reads the <c>routing</c> of <c>escalation.yaml</c>.</summary>
internal static class RoutingReader
{
    private static readonly Route[] ToPeople = [Route.L1, Route.L2, Route.L3, Route.HumanNow];

    public static RoutingPolicy Read(Section routing, LoadState state)
    {
        var defaults = new RoutingPolicy { Queues = new Dictionary<Route, string>() };
        var queues = routing.AsSection(
            routing.Required("queues", "{ l1: l1, l2: l2, l3: l3, human_now: priority }"), "routing queues");
        var read = new RoutingPolicy
        {
            UrgencyWeight = routing.Number("urgency_weight", defaults.UrgencyWeight, 0, 1),
            ComplexityWeight = routing.Number("complexity_weight", defaults.ComplexityWeight, 0, 1),
            UnhappinessWeight = routing.Number("unhappiness_weight", defaults.UnhappinessWeight, 0, 1),
            L2From = routing.Number("l2_from", defaults.L2From, 0, 10),
            L3From = routing.Number("l3_from", defaults.L3From, 0, 10),
            Queues = queues is null ? defaults.Queues : Queues(queues, state),
            PriorityFromUrgency = routing.Child("priority_from_urgency") is { } priorities
                ? Priorities(priorities) : defaults.PriorityFromUrgency,
        };
        CheckTogether(read, routing);
        routing.Close();
        return read;
    }

    private static Dictionary<Route, string> Queues(Section queues, LoadState state)
    {
        var read = new Dictionary<Route, string>();
        foreach (var route in ToPeople)
        {
            var queue = queues.RequiredLocated(EnumWords.Of(route), "l1");
            state.Queues.Check(queue, $"routing queue of {EnumWords.Of(route)}", state.Problems);
            if (queue is { } named) read[route] = named.Text;
        }
        queues.Close();
        return read;
    }

    private static Dictionary<Priority, int> Priorities(Section priorities)
    {
        var read = new Dictionary<Priority, int>();
        var before = 0;
        foreach (var priority in Enum.GetValues<Priority>().Where(p => p != Priority.Low))
        {
            var word = EnumWords.Of(priority);
            if (!priorities.Has(word)) continue;
            var from = priorities.Whole(word, before + 1, 1, 10);
            if (from <= before)
                priorities.Problems.Add(priorities.Located(word) ?? priorities.Here,
                    $"priority '{word}' starts at urgency {from}, but the one below it at {before}; make it higher");
            read[priority] = before = from;
        }
        priorities.Close();
        return read;
    }

    private static void CheckTogether(RoutingPolicy read, Section routing)
    {
        if (read.L2From > read.L3From)
            routing.Problems.Add(routing.Located("l2_from") ?? routing.Here,
                $"'l2_from' is {read.L2From}, above 'l3_from' {read.L3From}, so that nothing reaches l2; make it lower");
        var sum = read.UrgencyWeight + read.ComplexityWeight + read.UnhappinessWeight;
        if (Math.Abs(sum - 1) > 0.001)
            routing.Problems.Warn(routing.Here,
                $"the three routing weights add up to {sum:0.###}; with 1 the pressure stays on the scale that l2_from and l3_from use");
    }
}
