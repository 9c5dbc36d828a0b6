using Baton.Conversations;
using Baton.Conversations.Judging;
using Baton.Decisions.Local;
using Baton.Evaluation.Learning;
using Baton.Evaluation.Learning.Collisions;
using Baton.Evaluation.Learning.Suggesting;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Evaluation.Learning;

/// <summary>
/// What people's work speaks for, until somebody accepts it, and as a change of the playbook's files.
/// </summary>
public sealed class SuggestionTests
{
    private static readonly LearntSuggestion Example = new(
        SuggestionKind.Example, "change_order", "swap the \"large\" for a small one", "moved to l2", ["T-1"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_what_people_moved_changed_and_took_back_and_keeps_verdicts()
    {
        var files = DeskPlaybook.Files().Replace(
            "intents/change_order.yaml", "class: agent", "class: agent\nqueue: l2");
        await using var desk = new Desk(files, local: new LocalOptions { Encoder = EncoderChoice.None });
        await desk.DecideAsync(Desk.Ticket("I want to talk to a person about the size of my order", "T-1"));
        await desk.AppendAsync("T-1", new ConversationEvent.Rerouted("l1", "l2", "omar", "sizes are yours", RerouteReason.WrongTeam));
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-2"));
        await desk.AppendAsync("T-2", new ConversationEvent.ResolutionWithdrawn("the customer came back"),
            new ConversationEvent.AgentReplied("T-2/9", "omar", "Gift cards are never taken back, not even unused ones."));
        var store = new SuggestionStore(desk.Database, ConversationsSetup.WithoutValues(new Redactor()));
        var finder = new SuggestionFinder(new MeaningSpace(null, ""));

        var found = await finder.FindAsync(desk.Database, desk.Get<PlaybookHost>().Current, DateTimeOffset.MinValue,
            Token);
        var (first, second) = (await store.TakeAsync(found, Token), await store.TakeAsync(found, Token));

        Assert.Equal((2, 0), (first, second));
        var example = found.Single(s => s.Kind == SuggestionKind.Example);
        Assert.Equal(("change_order", "moved to l2"), (example.Target, example.Why));
        var section = found.Single(s => s.Kind == SuggestionKind.Section);
        Assert.Equal("Gift cards are never taken back, not even unused ones.", section.Text);
        Assert.StartsWith("returns#", section.Target, StringComparison.Ordinal);

        Assert.Null(await store.DecideAsync(example.Id, SuggestionStore.Accepted, "another size please", "Omar", Token));
        Assert.Null(await store.DecideAsync(section.Id, SuggestionStore.Rejected, null, "Omar", Token));
        Assert.Contains("no suggestion 'nothing'", await store.DecideAsync("nothing", SuggestionStore.Open, null, "Omar", Token));
        Assert.Contains("verdict is 'x'", await store.DecideAsync(example.Id, "x", null, "Omar", Token));
        Assert.Contains("2001", await store.DecideAsync(
            example.Id, SuggestionStore.Accepted, new string('a', 2_001), "Omar", Token));
        await store.TakeAsync(found, Token);
        Assert.Empty(store.List(SuggestionStore.Open, 10));
        Assert.Equal("another size please", Assert.Single(store.List(SuggestionStore.Accepted, 10)).Suggestion.Text);
    }

    [Fact]
    public void Writes_accepted_ones_into_the_files_so_that_the_playbook_is_valid()
    {
        var files = DeskPlaybook.Files();
        LearntSuggestion[] accepted =
        [
            Example,
            new(SuggestionKind.Question, "returns#How long", "until when may I bring it back", "no person was needed", []),
            new(SuggestionKind.Section, "returns#Raffles", "Prizes can be returned.", "a draft was changed", []),
            new(SuggestionKind.Synonym, "parcel", "carton", "drafts were sent", []),
            new(SuggestionKind.Example, "no_such_intent", "anything", "moved", []),
        ];

        var (changed, left) = PlaybookEdits.Apply(files.Texts, accepted);
        var after = DeskPlaybook.Files();
        foreach (var (path, text) in changed) after.With(path, text);
        // A question needs its heading in the article.
        var heading = files.Texts["knowledge/returns.md"].Split('\n').FirstOrDefault(l => l.StartsWith("## ", StringComparison.Ordinal));

        Assert.Equal("no_such_intent", Assert.Single(left).Target);
        // Applied once, the same suggestions change nothing more.
        Assert.Empty(PlaybookEdits.Apply(after.Texts, accepted).Changed);
        Assert.Contains("  - \"swap the \\\"large\\\" for a small one\"\n", changed["intents/change_order.yaml"], StringComparison.Ordinal);
        Assert.EndsWith("## Raffles\n\nPrizes can be returned.\n", changed["knowledge/returns.md"], StringComparison.Ordinal);
        after.Without("knowledge/questions/returns.yaml");
        var playbook = after.Playbook();
        Assert.Contains(Example.Text, playbook.FindIntent("change_order")!.Examples);
        Assert.Contains(playbook.Synonyms, s => s.Key == "carton" || s.Value.Contains("carton"));
        Assert.True(heading is null || changed.ContainsKey("knowledge/questions/returns.yaml"));
    }

    [Theory]
    [InlineData("a\nb\nc\n", "a\nb\nx\nc\n", "@@ -1,3 +1,4 @@\n a\n b\n+x\n c\n")]
    [InlineData("a\n", "b\n", "@@ -1,1 +1,1 @@\n-a\n+b\n")]
    [InlineData(null, "a\n", "@@ -0,0 +1,1 @@\n+a\n")]
    [InlineData("a", "a\nb\n", "@@ -1,1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n")]
    public void Writes_a_change_as_git_takes_it(string? before, string after, string hunk) =>
        Assert.Equal($"--- {(before is null ? "/dev/null" : "a/f.md")}\n+++ b/f.md\n{hunk}", UnifiedDiff.Of("f.md", before, after));

    [Fact]
    public void Tells_intents_that_are_taken_for_each_other_with_the_sentences_at_fault()
    {
        var playbook = new PlaybookFiles()
            .With("intents/late_parcel.yaml", """
                name: late_parcel
                class: human
                description: A parcel that is late
                category: orders
                product_area: fulfilment
                examples:
                  - where is my late order
                  - has my parcel shipped late
                  - my parcel is late
                  - the order is late again

                """).Playbook();

        var found = IntentCollisions.Of(playbook, new Dictionary<string, int> { ["order_status"] = 30, ["return_policy"] = 70 }, null);

        var pair = found.Single(c => (c.One, c.Other) == ("late_parcel", "order_status"));
        Assert.NotEmpty(pair.Sentences);
        Assert.Equal(0.3, pair.Traffic, 6);
        Assert.Equal(0.3 * pair.Sentences.Count / pair.Examples, pair.Misread, 6);
        Assert.True(pair.Between.Low < pair.Misread && pair.Misread < pair.Between.High, $"{pair}");
    }
}
