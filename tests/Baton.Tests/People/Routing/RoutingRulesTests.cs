using Baton.Conversations.Routing;
using Baton.People;
using Baton.People.Routing;
using Baton.Playbooks;

namespace Baton.Tests.People.Routing;

/// <summary>Who gets which ticket. Wednesday noon in Denver; the queue is staffed from 9 to 17.</summary>
public sealed class RoutingRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 3, 18, 0, 0, TimeSpan.Zero);

    private static readonly Playbook Playbook = Some.Playbook() with
    {
        Queues = [Some.Queue("l1") with { Assignment = AssignmentMode.Push, Skills = ["refunds"] }, Some.Queue("l2")],
    };

    [Fact]
    public void Offers_to_whoever_has_most_spare_capacity() =>
        Assert.Equal(["bea"], Offered([Seat("ann", load: 3), Seat("bea", load: 1)], Ticket()));

    [Fact]
    public void Offers_to_the_longest_idle_of_those() =>
        Assert.Equal(["bea"], Offered([Seat("ann", idle: 5), Seat("bea", idle: 50)], Ticket()));

    [Fact]
    public void Counts_what_it_has_just_offered() =>
        Assert.Equal(
            ["ann", "bea", "ann"], Offered([Seat("ann", load: 3), Seat("bea", load: 4)], Ticket(), Ticket(), Ticket()));

    [Fact]
    public void Leaves_nobody_more_than_the_capacity() =>
        Assert.Equal(["ann"], Offered([Seat("ann", load: 4)], Ticket(), Ticket()));

    [Theory]
    [InlineData("online", 1)]
    [InlineData("away", 0)]
    [InlineData("offline", 0)]
    [InlineData("wrap_up", 0)]
    public void Offers_to_people_who_are_there(string word, int offers)
    {
        var (seat, presence) = (Seat("ann"), EnumWords.Find<Presence>(word)!.Value);

        Assert.Equal(offers,
            Offered([seat with { Person = seat.Person with { Presence = presence } }], Ticket()).Count);
    }

    [Fact]
    public void Offers_nothing_to_somebody_out_of_office()
    {
        var seat = Seat("ann");

        Assert.Empty(Offered(
            [seat with { Person = seat.Person with { OutOfOffice = new OutOfOffice(Now.AddDays(1), null) } }],
            Ticket()));
    }

    [Theory]
    [InlineData("l1", "2026-06-03T18:00:00Z", 1)]
    [InlineData("l1", "2026-06-03T14:59:00Z", 0)]
    [InlineData("l1", "2026-06-03T23:00:00Z", 0)]
    [InlineData("l2", "2026-06-03T18:00:00Z", 0)]
    public void Offers_tickets_of_push_queues_in_their_hours(string queue, string now, int offers) =>
        Assert.Equal(offers, RoutingRules.Offers(
            Playbook, [Seat("ann")], [Ticket() with { Queue = queue }], DateTimeOffset.Parse(
                now, System.Globalization.CultureInfo.InvariantCulture)).Count);

    [Theory]
    [InlineData("refunds", "refunds:3", 1)]
    [InlineData("refunds:3", "refunds:3", 1)]
    [InlineData("refunds:4", "refunds:3", 0)]
    [InlineData("german", "refunds:3", 0)]
    [InlineData("refunds,german", "refunds:3", 0)]
    [InlineData("refunds,german:2", "refunds:3,german:2", 1)]
    public void Never_skips_a_required_skill(string needed, string has, int offers) =>
        Assert.Equal(offers, Offered(
            [Seat("ann", skills: has)],
            Ticket(waited: 1_000) with { Needs = TicketNeeds.Unknown with { Skills = needed.Split(',') } }).Count);

    [Theory]
    [InlineData("de", "de,en", 1)]
    [InlineData("de", "", 0)]
    [InlineData("en", "", 1)]
    [InlineData("en", "de", 0)]
    [InlineData(null, "de", 1)]
    public void Offers_to_somebody_who_speaks_the_customers_language(string? written, string speaks, int offers) =>
        Assert.Equal(offers, Offered(
            [Seat("ann", languages: speaks)], Ticket() with { Needs = TicketNeeds.Unknown with { Language = written } })
            .Count);

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    public void Waits_for_preferred_skills_only_so_long(int waited, int offers) =>
        Assert.Equal(offers, Offered(
            [Seat("ann")], Ticket(waited: waited) with { Needs = TicketNeeds.Unknown with { Preferred = ["refunds"] } })
            .Count);

    [Fact]
    public void Asks_whoever_passed_after_everybody_else_and_the_last_one_last()
    {
        var seats = (Seat[])[Seat("ann"), Seat("bea", load: 3), Seat("cem", load: 2)];

        Assert.Equal(["bea"], Offered(seats, Ticket() with { PassedBy = ["ann", "cem"] }));
        Assert.Equal(["cem"], Offered(seats, Ticket() with { PassedBy = ["cem", "ann", "bea"] }));
    }

    [Fact]
    public void Gives_out_by_priority_then_what_is_due_then_what_has_waited()
    {
        var tickets = (WaitingTicket[])
        [
            Ticket("calm"), Ticket("due") with { DueAt = Now.AddHours(1) },
            Ticket("sooner") with { DueAt = Now.AddMinutes(9) }, Ticket("old", waited: 50),
            Ticket("urgent") with { Priority = Priority.Urgent, DueAt = Now.AddHours(2) },
            Ticket("late", waited: 1) with { Priority = Priority.Low, DueAt = Now.AddMinutes(-1) },
        ];

        Assert.Equal(
            ["late", "sooner", "urgent", "due", "old", "calm"], WaitingTicket.InOrder(tickets, Now).Select(t => t.Id));
    }

    [Fact]
    public void Keeps_the_next_gap_for_a_heavy_ticket_that_is_late()
    {
        var heavy = Ticket("heavy") with
        {
            DueAt = Now.AddMinutes(-1), Needs = TicketNeeds.Unknown with { Points = 3 },
        };

        Assert.Empty(Offered([Seat("ann", load: 3)], heavy, Ticket("light")));
        Assert.Equal(["ann"], Offered([Seat("ann", load: 2)], heavy, Ticket("light")));
    }

    [Fact]
    public void Lets_a_ticket_that_is_too_heavy_for_anybody_have_a_person_alone()
    {
        var giant = Ticket() with { Needs = TicketNeeds.Unknown with { Points = 50 } };

        Assert.Equal(["ann"], Offered([Seat("ann")], giant));
        Assert.Empty(Offered([Seat("ann", load: 1)], giant));
    }

    [Fact]
    public void A_ticket_that_nobody_can_take_holds_up_nobody()
    {
        var odd = Ticket("odd") with
        {
            Priority = Priority.Urgent, Needs = TicketNeeds.Unknown with { Skills = ["falconry"] },
        };

        var offer = Assert.Single(RoutingRules.Offers(Playbook, [Seat("ann")], [odd, Ticket("plain")], Now));
        Assert.Equal(("plain", Now.AddMinutes(2)), (offer.TicketId, offer.Until));
    }

    private static List<string> Offered(IReadOnlyList<Seat> seats, params WaitingTicket[] tickets) =>
        [.. RoutingRules.Offers(Playbook, seats, tickets, Now).Select(o => o.PersonId)];

    private static WaitingTicket Ticket(string id = "T", int waited = 5) => new(
        id, "l1", Priority.Normal, null, Now.AddMinutes(-waited), TicketNeeds.Unknown, []);

    private static Seat Seat(
        string id, int load = 0, int idle = 10, string skills = "", string languages = "") => new(new Person
        {
            Id = id, Version = 1, Name = id, Email = id, Role = PersonRole.Agent, Queues = ["l1", "l2"],
            Presence = Presence.Online, LastAssignedAt = Now.AddMinutes(-idle), Capacity = 5,
            Languages = languages.Split(',', StringSplitOptions.RemoveEmptyEntries),
            Skills = skills.Split(',', StringSplitOptions.RemoveEmptyEntries)
                .ToDictionary(s => s.Split(':')[0], s => int.Parse(s.Split(':')[1])),
        }, load);
}
