using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Playbooks;
using Baton.Playbooks.Channels;

namespace Baton.Channels.Chat;

/// <summary>Begins and continues the conversations of visitors. What it knows of them is in their tokens.</summary>
internal sealed class ChatSessions(
    ChannelOptions channels, ChatTokens tokens, ChatChannel channel, ChannelIntake intake, ConversationStore store,
    PlaybookHost playbooks, TimeProvider clock)
{
    /// <summary>Of a ticket's id; customers read it, so it is short, and without letters that are mistaken.</summary>
    private const string Letters = "23456789bcdfghjkmnpqrstvwxyz";

    private const int IdLetters = 12;

    /// <summary>
    /// A session for a page; null when its key is not ours. Who comes back as somebody else, or no longer as somebody,
    /// begins anew: what was said before is another's.
    /// </summary>
    public ChatSession? Open(ChatOpening opening)
    {
        var options = channels.Chat;
        if (opening.Key != options.Key) return null;
        var user = opening.Claim is { } claim ? ChatUser.Verify(claim, options, clock.GetUtcNow()) : null;
        var known = tokens.Read(opening.Token);
        var visitor = known is not null && known.User == user ? known
            : new ChatVisitor(NewTicket(), user);
        if (opening.Consent && visitor.ConsentedAt is null)
            visitor = visitor with { ConsentedAt = clock.GetUtcNow().ToUnixTimeSeconds() };
        var playbook = playbooks.Current.On(channel.Name);
        var policy = Policy(playbook);
        return new ChatSession
        {
            Token = tokens.Make(visitor),
            Resumed = visitor.Ticket == known?.Ticket,
            Identified = user is not null,
            Brand = playbook.Brand.Name,
            Language = playbook.Brand.Locale,
            Welcome = policy?.Welcome,
            Consent = LacksConsent(visitor) ? policy?.Consent : null,
            Longest = options.MessageCharacters,
            Labels = ChatLabels.Of(policy?.Labels),
        };
    }

    /// <summary>Whether the visitor must agree to something first.</summary>
    public bool LacksConsent(ChatVisitor visitor) =>
        visitor.ConsentedAt is null && Policy(playbooks.Current) is { Consent: not null };

    /// <summary>Takes a message in; the same one twice is the same message.</summary>
    public async Task<IntakeOutcome> SayAsync(
        ChatVisitor visitor, string id, string text, CancellationToken cancellationToken)
    {
        var (said, external) = (new InboundText(Author.Customer, text), $"{visitor.Ticket}/{id}");
        if (store.Load(visitor.Ticket).Version == 0)
        {
            var opened = await intake.AcceptAsync(channel, Ticket(visitor, said, external), cancellationToken);
            // Another tab was first.
            if (opened is not IntakeOutcome.Conflict) return opened;
        }
        else if (store.Database.Read(
            c => Deliveries.Find(c, DeliveryName.OfTicket(channel.Name, external))) is { } first)
        {
            return new IntakeOutcome.Duplicate(visitor.Ticket, first.Turn);
        }
        return await intake.AcceptAsync(
            channel, new Arrival.Message(visitor.Ticket, said, external), cancellationToken);
    }

    private string NewTicket()
    {
        while (true)
        {
            var id = "C-" + RandomNumberGenerator.GetString(Letters, IdLetters);
            if (store.Load(id).Version == 0) return id;
        }
    }

    private static Arrival.Ticket Ticket(ChatVisitor visitor, InboundText said, string external) =>
        new(new InboundTicket
        {
            TicketId = visitor.Ticket, ExternalId = external, Messages = [said],
            CustomerId = visitor.User?.Id, CustomerEmail = visitor.User?.Email, CustomerName = visitor.User?.Name,
            CustomerVerified = visitor.User is not null,
            Fields = visitor.ConsentedAt is { } at
                ? new Dictionary<string, string>
                {
                    ["consent"] = DateTimeOffset.FromUnixTimeSeconds(at).UtcDateTime.ToString("u"),
                }
                : [],
        });

    private ChannelPolicy? Policy(Playbook playbook) => playbook.Channels.GetValueOrDefault(channel.Name);
}

/// <summary>What a window needs to begin.</summary>
internal sealed record ChatSession
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public required string Token { get; init; }

    /// <summary>Whether the conversation of the browser's own token goes on.</summary>
    public required bool Resumed { get; init; }

    public required bool Identified { get; init; }

    public required string Brand { get; init; }

    public required string Language { get; init; }

    public string? Welcome { get; init; }

    /// <summary>What the visitor has to agree to first; null: nothing, or done.</summary>
    public string? Consent { get; init; }

    public required int Longest { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
