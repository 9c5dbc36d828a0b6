using Baton.Archive;
using Baton.Storage.Events;

namespace Baton.Tests.Archive;

/// <summary>Whatever is done to an archive is found and named.</summary>
public sealed class ArchiveWalkTests
{
    private const string Segment = "2026-06.001";

    [Fact]
    public async Task What_somebody_did_is_found_and_named()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.ArchiveAsync();
        foreach (var (done, where, what) in (IEnumerable<(Action<string>, string, string)>)
        [
            (Changed(".jsonl.zst"), Segment, "2026-06.001.jsonl.zst was changed"),
            (Changed(".parquet"), Segment, "2026-06.001.parquet was changed"),
            (Changed(".manifest.json"), Segment, "2026-06.001.manifest.json was changed"),
            (f => Cut(f, Segment + ".jsonl.zst"), Segment, "2026-06.001.jsonl.zst has "),
            (f => File.Delete(Path.Combine(f, Segment + ".parquet")), Segment, "2026-06.001.parquet is missing"),
            (f => File.Delete(Path.Combine(f, Segment + ".manifest.json")), Segment, "2026-06.001.manifest.json is missing"),
            (f => Swap(f, ".jsonl.zst"), "2026-06.002", "2026-06.002.jsonl.zst"),
            (f => Swap(f, ".manifest.json"), "2026-06.002", "2026-06.002.manifest.json was changed"),
        ])
        {
            var copy = Directory.CreateTempSubdirectory("baton-archive-copy-").FullName;
            foreach (var file in Directory.GetFiles(desk.Folder))
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            Assert.Empty((await desk.WalkAsync(copy)).Faults);
            done(copy);

            var faults = (await desk.WalkAsync(copy)).Faults;

            Assert.Contains(faults, f => f.Where == where && f.What.Contains(what, StringComparison.Ordinal));
            Directory.Delete(copy, recursive: true);
        }
    }

    [Theory]
    [InlineData("update archived_streams set facts = (select facts from archived_streams where conversation_id = 'T-2') where conversation_id = 'T-1'",
        "T-1", "what its checkpoint keeps is not what was archived")]
    [InlineData("update archived_streams set hash = (select hash from archived_streams where conversation_id = 'T-2') where conversation_id = 'T-1'",
        "T-1", "no segment ends there")]
    [InlineData("delete from archived_streams where conversation_id = 'T-1'", "T-1", "it was written and is not there")]
    [InlineData("update archive_segments set digest = previous where number = 2", "2026-06.002", "the ledger tells of another digest")]
    [InlineData("delete from archive_segments where number = 3", "segment 3", "is not in the list of segments")]
    public async Task What_somebody_did_to_the_database_is_found_and_named(string sql, string where, string what)
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.ArchiveAsync();

        await desk.Database.WriteAsync(t => t.Execute(sql));

        Assert.Contains(
            (await desk.WalkAsync()).Faults, f => f.Where == where && f.What.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_segment_that_is_not_read_back_whole_stays_in_the_database_and_is_written_anew()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        var seen = desk.Seen();
        var run = desk.Run(step =>
        {
            if (step == "written") Changed(".jsonl.zst")(desk.Folder);
        });

        var error = await Assert.ThrowsAsync<Baton.Storage.StorageException>(
            () => run.RunAsync(desk.Folder, null, "test", default));

        Assert.Contains("2026-06.001.jsonl.zst was changed", error.Message, StringComparison.Ordinal);
        Assert.Equal((0, seen), (desk.Number("select count(*) from archived_streams"), desk.Seen()));
        await desk.ArchiveAsync();
        Assert.Equal(seen, desk.Seen());
        Assert.Empty((await desk.WalkAsync()).Faults);
        Assert.Contains(
            "ArchiveRejected", desk.Database.Read(c => Ledger.Read(c, ArchiveSegment.Stream)).Select(e => e.Type));
    }

    [Fact]
    public async Task The_round_of_the_ledger_finds_no_fault_behind_a_checkpoint()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.ArchiveAsync();
        await desk.Desk.WriteAsync("It is me again.", "T-1");
        var walk = new LedgerWalk();

        for (var i = 0; i < 3; i++)
            Assert.Equal(0, Assert.Single(desk.Database.Read(c => walk.Read(c, default))).Value);
    }

    private static Action<string> Changed(string ending) => folder =>
    {
        var path = Path.Combine(folder, Segment + ending);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    };

    private static void Cut(string folder, string name)
    {
        using var file = File.OpenWrite(Path.Combine(folder, name));
        file.SetLength(file.Length - 10);
    }

    private static void Swap(string folder, string ending)
    {
        var (one, other, aside) = (
            Path.Combine(folder, Segment + ending), Path.Combine(folder, "2026-06.002" + ending), Path.Combine(folder, "x"));
        File.Move(one, aside);
        File.Move(other, one);
        File.Move(aside, other);
    }
}
