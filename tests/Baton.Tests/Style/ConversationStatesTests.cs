using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Playbooks;

namespace Baton.Tests.Style;

/// <summary>The picture of the states is the code's.</summary>
public sealed partial class ConversationStatesTests
{
    /// <summary>Marks an edge that only a locked conversation takes.</summary>
    private const string Locked = "(locked)";

    private static readonly DateTimeOffset At = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<Edge> Edges = [.. Read()];

    [Fact]
    public void Takes_every_edge_of_the_diagram_with_every_event_on_it() =>
        Assert.Empty(
            from edge in Edges
            from name in edge.Events
            let before = edge.From is { } start ? In(start) with { Locked = edge.Locked }
            : new Conversation { Id = "T-1" }
            let after = before.Apply(Event(name), At).Status
            where after != edge.To
            select $"{edge.From} --> {edge.To}: {name} leads to {after}");

    [Fact]
    public void Leaves_the_state_alone_for_every_event_that_is_not_in_the_diagram()
    {
        var drawn = Edges.SelectMany(e => e.Events).ToHashSet();

        Assert.Empty(
            from name in ConversationJson.EventTypes
            where !drawn.Contains(name)
            from status in Enum.GetValues<ConversationStatus>()
            let after = In(status).Apply(Event(name), At).Status
            where after != status
            select $"{name} leads from {status} to {after}");
    }

    [Fact]
    public void Draws_where_a_message_leads_from_every_state() =>
        Assert.Equal(
            Edges.Where(e => !e.Locked && e.Events.Contains("MessageReceived")).Select(e => (e.From!.Value, e.To))
                .Order(),
            from status in Enum.GetValues<ConversationStatus>()
            let after = In(status).Apply(Event("MessageReceived"), At).Status
            where after != status
            orderby status
            select (status, after));

    [Fact]
    public void Draws_every_state() =>
        Assert.Equal(Enum.GetValues<ConversationStatus>().Order(), Edges.Select(e => e.To).Distinct().Order());

    [Fact]
    public void Unlocks_only_when_a_person_unlocks()
    {
        var opening = ConversationJson.EventTypes.Where(name =>
            !(In(ConversationStatus.Claimed) with { Locked = true }).Apply(Event(name), At).Locked);

        Assert.Equal(["Unlocked"], opening);
    }

    private static Conversation In(ConversationStatus status) => new() { Id = "T-1", Status = status };

    /// <summary>An event of a kind. The fold's states depend on kinds; values that it reads are filled in.</summary>
    private static ConversationEvent Event(string name) => name switch
    {
        "ConversationStarted" => new ConversationEvent.ConversationStarted(
            "T-1", "api", null, null, null, null, new Dictionary<string, string>()),
        "MessageReceived" => new ConversationEvent.MessageReceived("T-1/1", 1, Author.Customer, "hi", 2, false, At),
        "DecisionMade (silent)" => new ConversationEvent.DecisionMade(
            1, "9f2c", Route.Auto, OutcomeKind.Silent, 1, false, "nothing", [], [], [], null, Priority.Normal, null, 0),
        "StageCompleted" => new ConversationEvent.StageCompleted(1, "triage", "local", "", StageOutput.Of(default), 0),
        "StagesCompleted" =>
            new ConversationEvent.StagesCompleted(1, "", [new("triage", "local", StageOutput.Of(default), 0)]),
        "AgentReplied" => new ConversationEvent.AgentReplied("T-1/2", "ann", "hi"),
        "ReplySent" => new ConversationEvent.ReplySent(1, "T-1/2", "hi", "article", []),
        "QuestionAsked" => new ConversationEvent.QuestionAsked(1, "T-1/2", "order_id", "which?"),
        "Held" => new ConversationEvent.Held(1, "T-1/2", "locked", "wait"),
        "DeliveryFailed" => new ConversationEvent.DeliveryFailed("T-1/2", "webhook", "rejected", "answered 400"),
        "DeliveryRetried" => new ConversationEvent.DeliveryRetried("T-1/2", "email", "p_ann"),
        "DeliveryRecovered" => new ConversationEvent.DeliveryRecovered("T-1/2", "webhook"),
        "OfferDeclined" => new ConversationEvent.OfferDeclined("p_ann"),
        "OfferExpired" => new ConversationEvent.OfferExpired("p_ann"),
        "Released" => new ConversationEvent.Released("p_ann"),
        "SlaStarted" => new ConversationEvent.SlaStarted("standard", "first_reply", At),
        "SlaMet" => new ConversationEvent.SlaMet("first_reply"),
        "SlaBreached" => new ConversationEvent.SlaBreached("first_reply", At),
        _ => (ConversationEvent)RuntimeHelpers.GetUninitializedObject(
            typeof(ConversationEvent)
                .GetNestedType(name) ?? throw new ArgumentException($"no event {name}", nameof(name))),
    };

    private static IEnumerable<Edge> Read()
    {
        foreach (Match edge in Arrow().Matches(Repository.Text("docs/conversation-states.md")))
        {
            var (from, label) = (edge.Groups[1].Value, edge.Groups[3].Value);
            var locked = label.EndsWith(Locked, StringComparison.Ordinal);
            yield return new Edge(
                from == "[*]" ? null : Enum.Parse<ConversationStatus>(from),
                Enum.Parse<ConversationStatus>(edge.Groups[2].Value),
                (locked ? label[..^Locked.Length] : label).Split(',', StringSplitOptions.TrimEntries), locked);
        }
    }

    [GeneratedRegex(@"^ +(\S+) --> (\S+): (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Arrow();

    private sealed record Edge(ConversationStatus? From, ConversationStatus To, string[] Events, bool Locked);
}
