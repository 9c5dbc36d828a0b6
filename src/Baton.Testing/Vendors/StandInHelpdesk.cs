using System.Globalization;
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

    public void CustomerWrites(StandInTicket ticket, string text)
    {
        lock (Gate)
        {
            ticket.Status = OpenStatus;
            Add(ticket, StandInAuthor.Customer, text, isPublic: true);
        }
    }

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
