using Baton.Conversations;
using Baton.Evaluation.Ladder;
using Baton.Playbooks;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Evaluation.Ladder;

/// <summary>What people do with drafts, and which step it speaks for.</summary>
public sealed class LadderTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("you have 60 days", "", 1)]
    [InlineData("you have 60 days", "you have 60 days", 0)]
    [InlineData("you have 60 days", "you have 30 days", 0.25)]
    [InlineData("a b c d", "x a b c d", 0.2)]
    [InlineData("a b c", "d e f", 1)]
    public void Measures_how_far_a_draft_was_edited_in_words(string draft, string sent, double far) =>
        Assert.Equal(far, WordDistance.Of(draft, sent), 6);

    [Theory]
    [InlineData(AutonomyRung.Draft, 1, 50, 0, 0, "auto 0.25")]    // 50 of 50: from 92.9 %
    [InlineData(AutonomyRung.Draft, 1, 30, 0, 0, "")]             // 30 of 30: from 88.6 %
    [InlineData(AutonomyRung.Draft, 1, 19, 0, 0, "")]
    [InlineData(AutonomyRung.Draft, 1, 5, 5, 40, "off 1")]
    [InlineData(AutonomyRung.Draft, 1, 30, 10, 10, "")]
    [InlineData(AutonomyRung.Auto, 0.25, 50, 0, 0, "auto 1")]
    [InlineData(AutonomyRung.Auto, 0.25, 30, 10, 10, "draft 1")]
    [InlineData(AutonomyRung.Auto, 1, 50, 0, 0, "")]
    [InlineData(AutonomyRung.Off, 1, 50, 0, 0, "")]
    public void Proposes_a_step_when_the_whole_interval_speaks_for_it(
        AutonomyRung now, double share, int sent, int edited, int discarded, string step)
    {
        var proposal = LadderProposal.Of(
            now, share, AutonomyRung.Auto, new DraftCounts("x", sent, 0, edited, discarded, 0), default);

        Assert.Equal(step, proposal is null ? "" : FormattableString.Invariant($"{EnumWords.Of(proposal.Rung)} {proposal.Share}"));
    }

    [Fact]
    public void Proposes_no_step_above_the_ceiling_and_one_down_where_answers_are_taken_back()
    {
        var good = new DraftCounts("x", 100, 0, 0, 0, 0);

        Assert.Null(LadderProposal.Of(AutonomyRung.Draft, 1, AutonomyRung.Draft, good, default));
        Assert.Equal(AutonomyRung.Draft,
            LadderProposal.Of(AutonomyRung.Auto, 1, AutonomyRung.Auto, good, new SentAnswers(100, 20))!.Rung);
        Assert.Null(LadderProposal.Of(AutonomyRung.Auto, 1, AutonomyRung.Auto, null, new SentAnswers(100, 12)));
    }

    [Fact]
    public async Task Counts_what_became_of_each_draft_and_a_rebuild_finds_the_same()
    {
        await using var desk = new Desk();
        foreach (var (id, what) in new (string, ConversationEvent?)[]
        {
            ("T-sent", new ConversationEvent.DraftSent(1, "ann")), ("T-edited", new ConversationEvent.DraftEdited(1, "ann")),
            ("T-dropped", new ConversationEvent.DraftDiscarded(1, "ann")), ("T-own", null),
        })
        {
            await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, id));
            await desk.AppendAsync(id, new ConversationEvent.DraftWritten(1, "You have sixty days to send it back to us", "article", [], 0.9));
            ConversationEvent[] facts = what is ConversationEvent.DraftDiscarded ? [what]
                : [.. what is null ? Array.Empty<ConversationEvent>() : [what],
                    new ConversationEvent.AgentReplied($"{id}/9", "ann", "You have ninety days to send it back to us")];
            await desk.AppendAsync(id, facts);
        }

        var counts = Assert.Single(desk.Database.Read(c => DraftFates.Since(c, desk.Clock.GetUtcNow().AddDays(-1))));
        var rebuilt = await LedgerRebuild.RunAsync(desk.Database, [DraftFates.ReadTable], CancellationToken.None);

        Assert.Equal(("return_policy", 1, 1, 0, 2), (counts.Intent, counts.Sent, counts.Slightly, counts.Edited, counts.Discarded));
        Assert.Equal(0.1, counts.Changed, 1);
        Assert.False(rebuilt.Single().Changed);
    }
}
