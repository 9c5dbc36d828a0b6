using System.Security.Cryptography;
using System.Text;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Conversations.Routing;
using Baton.Conversations.Tickets;

namespace Baton.Channels.Voice;

/// <summary>What came of what a caller said.</summary>
/// <param name="Text">To say; empty when there is nothing.</param>
/// <param name="Goes">Whether a person has it now.</param>
/// <param name="IsStaffed">Whether somebody is there to be called.</param>
internal sealed record VoiceAnswer(string Text, bool Goes, bool IsStaffed);

/// <summary>
/// The turns of a call, whoever turns them into sound: what is said comes in, what is answered goes out.
/// </summary>
internal sealed class VoiceTurns(
    VoiceChannel channel, ChannelIntake intake, DecisionWaiter waiter, ConversationStore store, StaffedQueue isStaffed)
{
    /// <summary>Takes in what was said; gives the number of the turn, or null when it cannot be taken now.</summary>
    /// <param name="call">As the other side calls it.</param>
    /// <param name="turn">Number of this turn, from 1: the same one twice is the same.</param>
    public async Task<int?> SayAsync(
        string call, string? number, int turn, string text, CancellationToken cancellationToken)
    {
        var ticket = TicketOf(call);
        var outcome = await intake.AcceptAsync(channel, new Arrival.Reply(new InboundTicket
        {
            TicketId = ticket, ExternalId = $"{call}/{turn}", CustomerPhone = number,
            CustomerId = number is null ? null
                : "tel_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(number)))[..16],
            Messages = [new InboundText(Author.Customer, text) { Name = $"{call}/{turn}" }],
        }, [ticket], []), cancellationToken);
        return outcome switch
        {
            IntakeOutcome.Accepted accepted => accepted.Turn,
            IntakeOutcome.Duplicate known => known.Turn,
            _ => null,
        };
    }

    /// <summary>What to say to a turn; null when nobody has decided within the time.</summary>
    public async Task<VoiceAnswer?> AnswerAsync(
        string call, int turn, TimeSpan patience, CancellationToken cancellationToken)
    {
        var ticket = TicketOf(call);
        if (await waiter.WaitAsync(ticket, turn, patience, cancellationToken) is null) return null;
        var state = store.Load(ticket);
        var messages = store.Database.Read(c => MessageRows.Of(c, ticket, 10_000));
        var said = string.Join('\n', messages.AsEnumerable().Reverse()
            .TakeWhile(m => m.Author != Author.Customer).Where(m => m.Author == Author.Baton).Reverse()
            .Select(m => m.Body));
        var goes = state.Status is ConversationStatus.Escalated or ConversationStatus.Claimed;
        return new VoiceAnswer(
            said.Length > 0 ? said : goes ? state.Promise ?? "" : "", goes,
            goes && state.Queue is { } queue && isStaffed(queue));
    }

    private static string TicketOf(string call) =>
        "call-" + string.Concat(call.Where(char.IsAsciiLetterOrDigit).Take(60));
}
