using Baton.Archive;
using Baton.Audit.Entries;
using Baton.Operations.Scheduling;
using Baton.Storage.Events;
using Baton.Storage.Moving;
using Baton.Storage.Outgoing;

namespace Baton.Tests.Archive;

/// <summary>Those who read the ledger in other ways than ticket by ticket.</summary>
public sealed class ArchiveReadersTests
{
    [Fact]
    public async Task A_look_at_a_few_tickets_finds_those_that_have_left()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.ArchiveAsync(before: ArchivedDesk.Second);
        await desk.Desk.WriteAsync("It is me again.", "T-1");

        var some = desk.Database.Read(c => Ledger.ReadSome(c, ["T-1", "T-4", "T-9"]));

        foreach (var ticket in (string[])["T-1", "T-4"])
            Assert.Equal(
                desk.Database.Read(c => Ledger.Read(c, ticket)).Select(e => e.Hash), some[ticket].Select(e => e.Hash));
        Assert.Empty(some["T-9"]);
    }

    [Fact]
    public async Task The_audit_view_has_what_left_before_it_was_followed()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        var run = new ArchiveRun(desk.Database, desk.Options, followed: async token =>
        {
            while (await desk.Database.WriteAsync(AuditTables.Step, token)) { }
        });

        await run.RunAsync(desk.Folder, null, "test", default);

        Assert.Equal(1, desk.Number("select count(*) from audit_entries where stream = 'operations/reads/T-2'"));
        Assert.All(
            await LedgerRebuild.RunAsync(desk.Database, [AuditTables.ReadTable], default),
            t => Assert.False(t.Changed, t.Table));
    }

    [Fact]
    public async Task A_database_that_was_moved_refuses_older_programs_too()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.ArchiveAsync();
        await using var target = desk.Open(Path.Combine(desk.Folder, "moved.db"));

        Assert.True((await new DatabaseMove(desk.Database, target, _ => { }).RunAsync(default)).IsWhole);

        Assert.Equal(1, target.Read(c => c.Number("select count(*) from migrations where needs = '202611301320_archive'")));
    }

    [Fact]
    public async Task A_process_without_the_setting_leaves_the_calendar_alone_and_says_so_when_it_gets_the_job()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        var (schedules, schedule) = (desk.Desk.Get<Schedules>(), desk.Desk.Get<ArchiveSchedule>());
        await schedules.SetAsync(ArchiveSchedule.Kind, ArchiveSchedule.Kind, "0 3 1 * *", "UTC", default);

        await schedule.StartAsync(default);
        await schedule.RunAsync(default);

        Assert.Contains(schedules.List(), s => s.Name == ArchiveSchedule.Kind);
        var notice = Assert.Single(
            desk.Database.Read(c => Notices.Open(c, 100)), n => n.Notice.Title == "Nothing was archived").Notice;
        Assert.Contains("BATON__Archive__To", notice.Text, StringComparison.Ordinal);
        await desk.Database.WriteAsync(ArchiveSchedule.Remove);
        Assert.DoesNotContain(schedules.List(), s => s.Name == ArchiveSchedule.Kind);
    }
}
