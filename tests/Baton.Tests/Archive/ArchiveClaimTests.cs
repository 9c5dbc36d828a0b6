using Baton.Archive;
using Baton.Conversations;
using Baton.Storage;

namespace Baton.Tests.Archive;

/// <summary>What must not be written over, must not leave, and must not be believed.</summary>
public sealed class ArchiveClaimTests
{
    [Fact]
    public async Task Another_database_does_not_write_over_what_lies_there()
    {
        await using var one = await ArchivedDesk.CreateAsync();
        await using var other = await ArchivedDesk.CreateAsync(lateSeconds: 1);
        await one.ArchiveAsync();

        var error = await Assert.ThrowsAsync<StorageException>(
            () => other.Run().RunAsync(one.Folder, null, "test", default));

        Assert.False(error.IsTransient);
        Assert.Contains("another database archives there", error.Message, StringComparison.Ordinal);
        Assert.Empty((await one.WalkAsync()).Faults);
        // Nothing was begun that would have to be ended there.
        Assert.Equal(3, (await other.ArchiveAsync()).Segments.Count);
    }

    [Fact]
    public async Task Nor_does_one_that_began_at_the_same_time()
    {
        await using var one = await ArchivedDesk.CreateAsync();
        await using var other = await ArchivedDesk.CreateAsync(lateSeconds: 1);
        await one.ArchiveAsync();
        var run = other.Run(step =>
        {
            if (step == "begun")
                foreach (var file in Directory.GetFiles(one.Folder))
                    File.Copy(file, Path.Combine(other.Folder, Path.GetFileName(file)), overwrite: true);
        });

        var error = await Assert.ThrowsAsync<StorageException>(() => run.RunAsync(other.Folder, null, "test", default));

        Assert.Contains("another database archives there", error.Message, StringComparison.Ordinal);
        Assert.Empty((await one.WalkAsync(other.Folder)).Faults);
    }

    [Theory]
    [InlineData("delete from events where conversation_id = 'T-1' and version = (select version from streams where conversation_id = 'T-1')")]
    [InlineData("delete from events where conversation_id = 'T-1'")]
    public async Task A_stream_without_its_tail_does_not_leave_as_whole(string sql)
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.Database.WriteAsync(t => t.Execute(sql));

        var error = await Assert.ThrowsAsync<StorageException>(() => desk.ArchiveAsync());

        Assert.Contains("T-1 ends with version", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, desk.Number("select count(*) from archived_streams"));
    }

    [Fact]
    public async Task A_ticket_that_comes_back_before_its_segment_is_written_stays()
    {
        await using var desk = await ArchivedDesk.CreateAsync(new ArchiveOptions { SegmentTickets = 1 });
        var isBack = false;
        var run = desk.Run(step =>
        {
            if (step != "begun" || isBack) return;
            isBack = true;
            desk.Desk.AppendAsync("T-1", new ConversationEvent.Reopened("ann")).GetAwaiter().GetResult();
            desk.Desk.AppendAsync("T-3", new ConversationEvent.Reopened("ann")).GetAwaiter().GetResult();
        });

        await run.RunAsync(desk.Folder, null, "test", default);

        Assert.Equal(
            "T-2 T-4", string.Join(' ', desk.Database.Read(c => c.Query(
                "select conversation_id from archived_streams where conversation_id like 'T-%' order by conversation_id",
                row => row.Text(0)))));
    }

    [Fact]
    public async Task A_manifest_does_not_choose_where_its_files_go()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.ArchiveAsync();
        var manifest = Path.Combine(desk.Folder, "2026-06.001.manifest.json");
        var text = await File.ReadAllTextAsync(manifest);
        await File.WriteAllTextAsync(
            manifest, text.Replace("\"2026-06.001.parquet", "\"../2026-06.001.parquet", StringComparison.Ordinal));
        await using var scratch = desk.Open(Path.Combine(desk.Folder, "scratch.db"));

        var error = await Assert.ThrowsAsync<StorageException>(
            () => desk.RestoreAsync(scratch, ArchivedDesk.First, isKnown: false));

        Assert.Contains("names other files", error.Message, StringComparison.Ordinal);
    }
}
