using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Findings;
using Baton.Conversations.Verdicts;
using Baton.Playbooks;
using Baton.Playbooks.Channels;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Outgoing;

namespace Baton.Channels.Chat;

/// <summary>
/// Reads conversations for their visitors. A text of ours is there once the outbox has let it go, and not before: what
/// is held, or can still be taken back, is nobody's to see.
/// </summary>
internal sealed class ChatTranscripts(
    ConversationStore store, PlaybookHost playbooks, TeamSight team, TimeProvider clock)
{
    /// <summary>Messages that a window shows.</summary>
    private const int Most = 500;

    /// <inheritdoc cref="Database.IsShared"/>
    public bool IsShared => store.Database.IsShared;

    /// <summary>What changes when a visitor has something new to see; null when the ticket is not there.</summary>
    public ChatMark? Mark(string ticket) => store.Database.Read(connection =>
    {
        var state = store.Load(connection, ticket);
        return state.Version == 0 || state.Channel != ChatChannel.ChannelName
            ? null
            : new ChatMark(state.Version, Outbox.DeliveredCount(connection, ticket), team.Types(ticket));
    });

    public ChatPicture Read(string ticket) => store.Database.Read(connection =>
    {
        var state = store.Load(connection, ticket);
        var sent = Outbox.Delivered(connection, ticket);
        var said = Said.Of(connection, ticket);
        var files = AttachmentRow.Of(connection, ticket).Where(f => f.NotStored is null).ToLookup(f => f.Position);
        var rating = playbooks.Current.On(state.Channel).Brand.RatingText;
        return new ChatPicture(
            [.. MessageRows.Of(connection, ticket, Most)
                .Where(row => row.Author == Author.Customer || sent.Contains(row.Id))
                .Select(row => Line(row, said, rating) with { Files = Files(row, files) })],
            State(state));
    });

    /// <summary>A file of the team's that has left to the visitor; null when it is none.</summary>
    public AttachmentRow? File(string ticket, int position, int number) => store.Database.Read(connection =>
        Outbox.Delivered(connection, ticket).Contains($"{ticket}/{position}")
            ? AttachmentRow.Find(connection, ticket, position, number) : null);

    private static List<ChatFile>? Files(MessageRow row, ILookup<int, AttachmentRow> files) =>
        row.Author != Author.Agent || !files.Contains(row.Position) ? null
            : [.. files[row.Position].Select(f => new ChatFile(f.Number, f.Name, f.Size))];

    private ChatLine Line(MessageRow row, Said said, string rating)
    {
        var (titles, turn, offers) = said.Beside(row.Id);
        var text = row.Author == Author.Customer ? row.Body : ChatText.Of(row.Body, titles, offers, rating);
        return new ChatLine(row.Position, EnumWords.Of(row.Author), text, row.ReceivedAt)
        {
            Id = row.Author == Author.Customer ? row.ExternalId?.Split('/')[^1] : null,
            Name = said.Writers.TryGetValue(row.Id, out var by) ? team.NameOf(by) : null,
            Sources = titles.Count > 0 ? titles : null,
            Turn = turn,
            Offers = offers.Count == 0 ? null
                : [.. offers.Select((o, i) => new ChatOffer(
                    i + 1, o.Heading.Length == 0 ? o.Title : o.Heading, o.Text, o.Title))],
        };
    }

    private ChatState State(Conversation state) => new()
    {
        With = state.Status switch
        {
            ConversationStatus.Claimed => "agent",
            ConversationStatus.Escalated => "team",
            ConversationStatus.Closed => "closed",
            _ => "baton",
        },
        Agent = state.ClaimedBy is { } by ? team.NameOf(by) : null,
        Typing = state.Locked ? team.Types(state.Id) : state.CustomerMessages > state.DecidedTurn,
        Offers = state.OfferedTurn,
        Solved = state.SaidSolved,
        Rateable = Ratings.Closed(state.Tally, clock.GetUtcNow()) is null && state.Tally.Rating?.Remark is null,
        Stars = state.Tally.Rating?.Stars,
        Remarked = state.Tally.Rating?.Remark is not null,
    };

    /// <summary>What the ledger knows of the texts, by message.</summary>
    private sealed class Said
    {
        private readonly Dictionary<string, IReadOnlyList<string>> _titles = [];
        private readonly Dictionary<string, int> _turns = [];
        private readonly Dictionary<int, IReadOnlyList<Offer>> _offers = [];

        /// <summary>Ids of people by the messages that they wrote.</summary>
        public Dictionary<string, string> Writers { get; } = [];

        public static Said Of(ReadConnection connection, string ticket)
        {
            var said = new Said();
            foreach (var stored in Ledger.Read(connection, ticket))
                said.Take(ConversationJson.Read(stored.Type, stored.Data.Span));
            return said;
        }

        public (IReadOnlyList<string> Titles, int Turn, IReadOnlyList<Offer> Offers) Beside(string message)
        {
            var turn = _turns.GetValueOrDefault(message);
            var offers = turn > 0 ? _offers.GetValueOrDefault(turn) : null;
            return (_titles.GetValueOrDefault(message) ?? [], offers is null ? 0 : turn, offers ?? []);
        }

        private void Take(ConversationEvent fact)
        {
            switch (fact)
            {
                case ConversationEvent.ReplySent sent:
                    _titles[sent.MessageId] = [.. sent.Citations.Select(c => c.Title).Distinct()];
                    break;
                case ConversationEvent.Held { MessageId: { } id } held: _turns[id] = held.Turn; break;
                case ConversationEvent.OfferMade made: _offers[made.Turn] = made.Offers; break;
                case ConversationEvent.AgentReplied agent: Writers[agent.MessageId] = agent.By; break;
                default: break;
            }
        }
    }
}

/// <summary>Equal while a visitor has nothing new to see.</summary>
internal sealed record ChatMark(long Version, long Delivered, bool Typing);
