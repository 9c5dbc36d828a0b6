using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Tests.Decisions.Desks;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Conversations;

/// <summary>
/// Whatever ids, keys and texts come in whatever order: nothing is lost in silence or answered for another.
/// </summary>
public sealed class DeliveryPropertyTests
{
    /// <summary>Few names, so that they meet all the time, and the same for every kind of name.</summary>
    private static readonly string[] Names = ["1", "2", "3"];

    private static readonly string[] Texts = ["alpha", "beta"];

    /// <param name="Ticket">Where a message goes, or the id of a new ticket; null lets Baton make one.</param>
    private sealed record Sent(bool Opens, string? Ticket, string? Id, string? Key, string Text, string Channel);

    private static Gen<Sent> AnySent =>
        from opens in Gen.Elements(true, false)
        from ticket in Gen.Elements<string?>([.. Names, null])
        from id in Gen.Elements<string?>([.. Names, null])
        from key in Gen.Elements<string?>([.. Names, null, null])
        from text in Gen.Elements(Texts)
        from channel in Gen.Elements("email", "chat")
        select new Sent(opens, ticket, id, key, text, channel);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Answers_every_delivery_for_its_own_ticket_and_loses_none(bool atOnce) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(20),
        Prop.ForAll(Arb.From(Gen.ListOf(AnySent, 30)), sent => RunAsync([.. sent], atOnce).GetAwaiter().GetResult()));

    private static async Task<bool> RunAsync(IReadOnlyList<Sent> sent, bool atOnce)
    {
        await using var desk = new Desk();
        var made = 0;
        var outcomes = new List<(Sent Sent, IntakeOutcome Outcome)>();
        if (atOnce)
        {
            var all = sent.Select(async s => (s, await SendAsync(desk, s, Interlocked.Increment(ref made)))).ToList();
            outcomes.AddRange(await Task.WhenAll(all));
        }
        else
        {
            foreach (var s in sent) outcomes.Add((s, await SendAsync(desk, s, ++made)));
        }
        return outcomes.All(o => IsTrue(desk, o.Sent, o.Outcome)) && KeepsOnePerAcceptance(desk, outcomes);
    }

    private static Task<IntakeOutcome> SendAsync(Desk desk, Sent sent, int number)
    {
        var message = new InboundText(Author.Customer, sent.Text);
        return sent.Opens
            ? desk.SubmitAsync(new InboundTicket
            {
                TicketId = sent.Ticket ?? $"made-{number}", IdIsMade = sent.Ticket is null, Channel = sent.Channel,
                ExternalId = sent.Id, IdempotencyKey = sent.Key, Messages = [message],
            })
            : desk.Intake.AddAsync(sent.Ticket ?? Names[0], message, sent.Id, sent.Key, CancellationToken.None);
    }

    /// <summary>What was answered 2xx is there, in the ticket that was meant, with the text that was sent.</summary>
    private static bool IsTrue(Desk desk, Sent sent, IntakeOutcome outcome)
    {
        var (conversation, turn) = outcome switch
        {
            IntakeOutcome.Accepted accepted => (accepted.ConversationId, accepted.Turn),
            IntakeOutcome.Duplicate known => (known.ConversationId, known.Turn),
            IntakeOutcome.OtherContent or IntakeOutcome.Conflict or IntakeOutcome.NotFound => ("", 0),
            _ => throw new InvalidOperationException($"{sent}: {outcome}"),
        };
        if (turn == 0) return true;
        var messages = desk.Database.Read(c => MessageRows.Of(c, conversation, 1_000));
        var meant = sent.Ticket is null && sent.Opens ? conversation.StartsWith("made-", StringComparison.Ordinal)
            : conversation == (sent.Ticket ?? Names[0]);
        return meant && messages[turn - 1].Body == sent.Text;
    }

    private static bool KeepsOnePerAcceptance(Desk desk, List<(Sent Sent, IntakeOutcome Outcome)> outcomes) =>
        desk.Count("messages") == outcomes.Count(o => o.Outcome is IntakeOutcome.Accepted);
}
