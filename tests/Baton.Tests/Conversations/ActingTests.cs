using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Tickets;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Conversations;

/// <summary>Two people and one ticket: nobody acts on what somebody else has changed without having seen it.</summary>
public sealed class ActingTests : IAsyncLifetime
{
    private static readonly Dictionary<string, Func<string, string, PersonAction>> Actions = new()
    {
        ["claim"] = (_, _) => new PersonAction.Claim(),
        ["release"] = (_, _) => new PersonAction.Release(),
        ["reply"] = (id, text) => new PersonAction.Reply(id, text),
        ["reroute"] = (_, _) => new PersonAction.Reroute("l1", "knows more"),
        ["unlock"] = (_, _) => new PersonAction.Unlock(),
        ["close"] = (_, _) => new PersonAction.Close("done"),
        ["send draft"] = (id, text) => new PersonAction.SendDraft(id, text, 1, Changed: false),
        ["discard draft"] = (_, _) => new PersonAction.DiscardDraft(1),
    };

    private readonly Desk _desk = new();

    /// <summary>Every pair: the one who is faster, and the one who saw the same version.</summary>
    public static TheoryData<string, string> Pairs =>
        [.. from first in Actions.Keys from second in Actions.Keys select (first, second)];

    public static TheoryData<string> Names => [.. Actions.Keys];

    public async ValueTask InitializeAsync() =>
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Lets_only_the_faster_of_two_act_on_a_version_and_tells_the_other(string first, string second)
    {
        await ReadyAsync(claimed: first != "claim");
        var seen = _desk.State().Version;

        Assert.Null(await ActAsync(first, new Acting("p_ann") { Seen = seen }));
        var after = _desk.State().Version;
        var late = await ActAsync(second, new Acting("p_ben") { Seen = seen });

        Assert.StartsWith("p_ann ", late, StringComparison.Ordinal);
        Assert.Contains($"you saw version {seen}, now it is {after}", late, StringComparison.Ordinal);
        Assert.Equal(after, _desk.State().Version);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Holds_for_many_at_the_same_moment(string name)
    {
        await ReadyAsync(claimed: name != "claim");
        var seen = _desk.State().Version;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => Task.Run(() => ActAsync(name, new Acting("p_" + i) { Seen = seen }))));

        Assert.Single(outcomes, problem => problem is null);
        Assert.All(outcomes.OfType<string>(),
            problem => Assert.Contains("since you looked", problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Does_not_send_the_same_words_twice_when_a_button_is_pressed_twice()
    {
        await ReadyAsync(claimed: true);
        var acting = new Acting("p_ann") { Seen = _desk.State().Version };
        await ActAsync("reply", acting);

        Assert.StartsWith("you replied since you looked", await ActAsync("reply", acting), StringComparison.Ordinal);
        Assert.Single(_desk.Events().OfType<ConversationEvent.AgentReplied>());
    }

    [Fact]
    public async Task Tells_who_answers_that_the_customer_wrote_meanwhile()
    {
        await ReadyAsync(claimed: true);
        var acting = new Acting("p_ann") { Seen = _desk.State().Version };
        await _desk.WriteAsync("It has arrived after all.");

        Assert.StartsWith("the customer wrote since", await ActAsync("reply", acting), StringComparison.Ordinal);
        Assert.Null(await ActAsync("reply", acting with { Seen = _desk.State().Version }));
    }

    [Fact]
    public async Task Is_not_stopped_by_what_clocks_and_machines_add()
    {
        await ReadyAsync(claimed: true);
        var acting = new Acting("p_ann") { Seen = _desk.State().Version };
        await _desk.AppendAsync("T-1", new ConversationEvent.SlaBreached("first_reply", default));

        Assert.Null(await ActAsync("reply", acting));
    }

    [Theory]
    [InlineData("release")]
    [InlineData("reply")]
    [InlineData("reroute")]
    [InlineData("unlock")]
    [InlineData("close")]
    [InlineData("send draft")]
    [InlineData("discard draft")]
    public async Task Leaves_the_ticket_of_a_colleague_to_leads(string name)
    {
        await ReadyAsync(claimed: false);
        await ActAsync("claim", "p_ann");

        Assert.Equal("p_ann has claimed the ticket: ask for its release, or a lead to act",
            await ActAsync(name, new Acting("p_ben") { OnOthers = false }));
        Assert.Null(await ActAsync(name, new Acting("p_lea")));
    }

    [Theory]
    [InlineData("p_ann", null, "p_ann")]
    [InlineData("p_ann", "p_ann", "p_ann")]
    [InlineData("shop", "p_ann", "shop for p_ann")]
    [InlineData("shop", " ", "shop")]
    [InlineData(null, "Ada", "Ada")]
    [InlineData(null, null, null)]
    public void Names_the_caller_whomever_the_caller_names(string? caller, string? said, string? by) =>
        Assert.Equal(by, Acting.Name(caller, said));

    /// <summary>A ticket that is a person's, with a draft.</summary>
    private async Task ReadyAsync(bool claimed)
    {
        await _desk.AppendAsync("T-1", new ConversationEvent.DraftWritten(
            1, "You have 60 days.", "article", [new Citation("returns", "Returns", "How long", "60 days")], 0.61));
        if (claimed) await ActAsync("claim", "p_eve");
    }

    private async Task<string?> ActAsync(string name, Acting acting) => (await _desk.Get<Inbox>().ActAsync(
        "T-1", Actions[name], acting, name is "reply" or "send draft" ? "You have 60 days." : null,
        CancellationToken.None)).Problem;
}
