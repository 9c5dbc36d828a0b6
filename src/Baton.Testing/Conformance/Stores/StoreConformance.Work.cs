using Baton.Operations;
using Baton.People;
using Baton.People.SignIn;
using Baton.Storage.Outgoing;
using Microsoft.AspNetCore.DataProtection;
using Xunit;

namespace Baton.Testing;

/// <summary>The outbox, notices and people.</summary>
public abstract partial class StoreConformance
{
    [Fact]
    public async Task Puts_a_message_aside_and_sends_it_when_it_is_released()
    {
        var outbox = new Outbox(Outbox.DefaultOptions, Clock, new Random(1));
        var message = new OutboxMessage { IdempotencyKey = "reply-1", Key = "c1", Kind = "web", Payload = "{}" };
        await Db.WriteAsync(t => outbox.Add(t, message));
        await SendAsync(outbox, new SendOutcome.Held("nobody"));

        Assert.Equal(new HeldMessages("web", 1, "nobody"), Assert.Single(Db.Read(Outbox.Held)));
        Assert.Equal(1, await Db.WriteAsync(t => outbox.Release(t, "web")));
        await SendAsync(outbox, new SendOutcome.Delivered("m-1"));

        Assert.Empty(Db.Read(Outbox.Held));
        Assert.Equal("m-1", Db.Read(c => outbox.Find(c, "reply-1"))!.Receipt);
    }

    [Fact]
    public async Task Raises_one_notice_of_a_group_until_it_is_closed()
    {
        var notices = new Notices(new Outbox(Outbox.DefaultOptions, Clock, new Random(1)), Clock);
        var notice = new Notice
        {
            To = "ops", Urgency = NoticeUrgency.High, Group = "disk", Title = "Disk", Text = "90 %",
        };

        Assert.True(await Db.WriteAsync(t => notices.Raise(t, notice)));
        Assert.False(await Db.WriteAsync(t => notices.Raise(t, notice with { Text = "91 %" })));
        var open = Assert.Single(Db.Read(c => Notices.Open(c, 10)));
        Assert.Equal((2, "91 %", NoticeUrgency.High), (open.Count, open.Notice.Text, open.Notice.Urgency));

        Assert.Equal(1, await Db.WriteAsync(t => notices.Close(t, "disk")));
        Assert.True(await Db.WriteAsync(t => notices.Raise(t, notice)));
        Assert.Single(Db.Read(c => Notices.Open(c, 10)));
    }

    [Fact]
    public async Task Keeps_people_and_gives_an_address_to_one_of_them()
    {
        var store = new PeopleStore(Db);
        var details = new PersonDetails { Name = "Ann", Email = "Ann@example.com", Queues = ["l1", "billing"] };

        var ann = (PersonOutcome.Saved)await store.AddAsync(details, "test", CancellationToken.None);
        Assert.IsType<PersonOutcome.Refused>(await store.AddAsync(details, "test", CancellationToken.None));
        var outside = details with { OutOfOffice = new OutOfOffice(Clock.GetUtcNow().AddDays(1), null) };
        await store.ChangeAsync(ann.Person.Id, 1, outside, "test", CancellationToken.None);
        await store.SetPresenceAsync(ann.Person.Id, Presence.Away, "test", CancellationToken.None);

        var kept = Assert.Single(store.List());
        Assert.Equal((2, Presence.Away, outside.OutOfOffice), (kept.Version, kept.Presence, kept.OutOfOffice));
        Assert.Equal(["l1", "billing"], kept.Queues);
    }

    [Fact]
    public async Task Lets_a_person_in_with_the_password_of_a_link_until_the_person_is_disabled()
    {
        var (links, store, sessions) = (new PersonLinks(Db), new PeopleStore(Db), new ConsoleSessions(Db));
        var signIns = new SignIns(
            Db, links, new Passwords(), new LockOut(2, TimeSpan.FromMinutes(1)), new EphemeralDataProtectionProvider());
        var token = CancellationToken.None;
        var added = (PersonOutcome.Saved)await store.AddAsync(
            new PersonDetails { Name = "Ann", Email = "ann@example.com" }, "test", token);
        var path = await links.MakeAsync(
            LinkPurpose.Password, added.Person.Id, PersonLinks.PasswordLife, "test", token);
        var link = path[PersonLinks.JoinPath.Length..];

        Assert.NotNull(await signIns.SetPasswordAsync(link, "four words of my own", token));
        Assert.Null(await signIns.SetPasswordAsync(link, "four words of my own", token));
        var right = await signIns.CheckAsync("ann@example.com", "four words of my own", "192.0.2.1", token);
        Assert.IsType<SignInOutcome.Accepted>(right);
        Assert.IsType<SignInOutcome.Refused>(
            await signIns.CheckAsync("ann@example.com", "wrong", "192.0.2.1", token));
        var session = await sessions.StartAsync(added.Person.Id, "192.0.2.1", token);
        Assert.Equal(added.Person.Id, sessions.PersonOf(session));
        Assert.Equal([session], sessions.List().Select(s => s.Id));
        await store.DisableAsync(added.Person.Id, true, "test", token);
        Assert.Null(sessions.PersonOf(session));
    }

    [Fact]
    public async Task Takes_an_effect_once_per_idempotency_key()
    {
        var outbox = new Outbox(Outbox.DefaultOptions, Clock, new Random(1));
        var message = new OutboxMessage { IdempotencyKey = "reply-1", Key = "c1", Kind = "web", Payload = "{}" };
        await using var other = await OpenAgainAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            i => (i % 2 == 0 ? Db : other).WriteAsync(t => outbox.Add(t, message))));

        Assert.Single(added, isNew => isNew);
    }

    private async Task SendAsync(Outbox outbox, SendOutcome outcome)
    {
        var handle = outbox.Handlers(Db, (_, _) => Task.FromResult(outcome))[Outbox.QueueName];
        foreach (var job in await Db.WriteAsync(t => outbox.Queue.Lease(t, "worker", 10)))
            await handle(job, CancellationToken.None);
    }
}
