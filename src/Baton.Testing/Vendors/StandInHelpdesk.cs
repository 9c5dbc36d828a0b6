using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Channels;

namespace Baton.Testing.Vendors;

/// <summary>
/// What every helpdesk has: tickets in which customers, people and Baton write, and a webhook for each thing that
/// happens, Baton's own included. How it says so is the vendor's.
/// </summary>
/// <param name="clock">Time of entries and signatures.</param>
public abstract class StandInHelpdesk(TimeProvider clock) : StandInVendor
{
    private readonly Queue<Func<InboundRequest>> _webhooks = new();
    private long _next = 1_000;

    /// <summary>Customers, people and Baton have these ids.</summary>
    public const string CustomerNumber = "501", AgentNumber = "601", BatonNumber = "701";

    public Dictionary<string, StandInTicket> Tickets { get; } = [];

    protected TimeProvider Clock => clock;

    /// <summary>Word of the status of a new ticket.</summary>
    protected abstract string OpenStatus { get; }

    /// <summary>Word of the status of a ticket that people are done with.</summary>
    protected abstract string ClosedStatus { get; }

    /// <summary>A customer opens a ticket.</summary>
    public StandInTicket Open(string text, string email = "ada@example.com")
    {
        lock (Gate)
        {
            var ticket = new StandInTicket
            {
                Id = Next(), Subject = "A question", Email = email, CreatedAt = clock.GetUtcNow(),
                Status = OpenStatus,
            };
            Tickets[ticket.Id] = ticket;
            Add(ticket, StandInAuthor.Customer, text, isPublic: true, isNew: true);
            return ticket;
        }
    }

    /// <param name="files">Names and contents of plain text, kept under an address of their own.</param>
    public void CustomerWrites(StandInTicket ticket, string text, params (string Name, string Content)[] files)
    {
        lock (Gate)
        {
            ticket.Status = OpenStatus;
            var entry = Add(ticket, StandInAuthor.Customer, text, isPublic: true);
            foreach (var (name, content) in files) entry.Files.Add((name, "text/plain", content));
        }
    }

    /// <summary>Where a file is kept. The vendor's address is signed and takes no credentials of the API.</summary>
    protected static string FilePath(StandInEntry entry, int number) => $"/files/{entry.Id}/{number}";

    /// <summary>A file that was asked for; null when the request is for something else.</summary>
    protected VendorResponse? Download(VendorRequest request)
    {
        if (request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is not ["files", var id, var number])
            return null;
        var entry = Tickets.Values.SelectMany(t => t.Entries).FirstOrDefault(e => e.Id == id);
        return int.TryParse(number, CultureInfo.InvariantCulture, out var at) && entry?.Files.ElementAtOrDefault(at)
            is { Content: not null } file
            ? new VendorResponse(200, file.Content) { ContentType = file.Type } : new VendorResponse(404);
    }

    /// <summary>The files of an entry as the vendor's API lists them.</summary>
    protected JsonArray Files(StandInEntry entry, string name, string address, string size, string type) =>
    [
        .. entry.Files.Index().Select(file => new JsonObject
        {
            [name] = file.Item.Name, [address] = new Uri(Address, FilePath(entry, file.Index)).ToString(),
            [size] = Encoding.UTF8.GetByteCount(file.Item.Content), [type] = file.Item.Type,
        }),
    ];

    public void AgentWrites(StandInTicket ticket, string text, bool isPublic = true)
    {
        lock (Gate) Add(ticket, StandInAuthor.Agent, text, isPublic);
    }

    /// <summary>A person takes it, or lets it go.</summary>
    public void Assign(StandInTicket ticket, string? person)
    {
        lock (Gate)
        {
            ticket.Assignee = person;
            Tell(ticket, StandInAuthor.Agent, HelpdeskHappening.Changed);
        }
    }

    public void AgentCloses(StandInTicket ticket)
    {
        lock (Gate)
        {
            ticket.Status = ClosedStatus;
            Tell(ticket, StandInAuthor.Agent, HelpdeskHappening.Closed);
        }
    }

    public void CustomerRates(StandInTicket ticket, int stars, string? remark = null)
    {
        lock (Gate)
        {
            (ticket.Stars, ticket.Remark) = (stars, remark);
            Tell(ticket, StandInAuthor.Customer, HelpdeskHappening.Rated);
        }
    }

    /// <summary>The webhooks that wait to be sent, signed now; each is given once.</summary>
    public IReadOnlyList<InboundRequest> Webhooks()
    {
        lock (Gate)
        {
            var all = _webhooks.Select(make => make()).ToList();
            _webhooks.Clear();
            return all;
        }
    }

    /// <summary>A webhook as the vendor sends it.</summary>
    public abstract InboundRequest Webhook(StandInTicket ticket, StandInAuthor by, HelpdeskHappening what);

    /// <summary>The same, signed when the sender's clock said so; null where the scheme knows no time.</summary>
    public virtual InboundRequest? Webhook(StandInTicket ticket, DateTimeOffset at) => null;

    /// <summary>Adds an entry, and a webhook for it.</summary>
    protected StandInEntry Add(
        StandInTicket ticket, StandInAuthor who, string text, bool isPublic, bool isNew = false)
    {
        var entry = new StandInEntry(Next(), who, text, isPublic, clock.GetUtcNow());
        ticket.Entries.Add(entry);
        Tell(ticket, who, isNew ? HelpdeskHappening.Opened : HelpdeskHappening.Written);
        return entry;
    }

    protected void Tell(StandInTicket ticket, StandInAuthor by, HelpdeskHappening what)
    {
        ticket.UpdatedAt = clock.GetUtcNow();
        _webhooks.Enqueue(() => Webhook(ticket, by, what));
    }

    /// <summary>The number that the vendor knows somebody by.</summary>
    protected static string Number(StandInAuthor who) => who switch
    {
        StandInAuthor.Customer => CustomerNumber,
        StandInAuthor.Agent => AgentNumber,
        _ => BatonNumber,
    };

    private string Next() => (_next++).ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a webhook tells of.</summary>
public enum HelpdeskHappening
{
    Opened,
    Written,
    Closed,
    Rated,
    Changed,
}
