using System.Text;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Storage.Events;
using Baton.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Operations.Versions;

/// <summary>Processes, each with a folder of its own, and one database that says what is in force.</summary>
public sealed class PlaybookVersionsTests : IAsyncDisposable
{
    private const string Gates = "gates: [{ metric: wrong_answers, at_most: 0.05 }]\n";

    private readonly TemporaryDatabase _temporary = new();
    private readonly string _root = Directory.CreateTempSubdirectory("baton-versions-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PlaybookVersions Versions => new(_temporary.Database, text => text);

    public async ValueTask DisposeAsync()
    {
        await _temporary.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_folder_without_gates_is_reloaded_as_it_is_edited()
    {
        var one = await StartAsync("one");

        Edit("one", "Tiny Store");
        Assert.IsType<PlaybookReload.Activated>(one.Host.TryReload());
        await one.Follower.FollowAsync(Token);

        Assert.Equal("Tiny Store", one.Host.Current.Brand.Name);
        Assert.Equal(one.Host.Current.Version, Versions.State()!.Active);
        Assert.Equal(["folder", "first"], Versions.History(9).Select(h => h.How));
    }

    [Fact]
    public async Task Every_process_follows_the_database_and_not_its_own_folder()
    {
        var (one, other) = (await StartAsync("one"), await StartAsync("other"));

        Edit("one", "Tiny Store");
        one.Host.TryReload();
        await one.Follower.FollowAsync(Token);
        await other.Follower.FollowAsync(Token);
        var again = await StartAsync("other", write: false);

        Assert.Equal("Tiny Store", other.Host.Current.Brand.Name);
        Assert.Equal("Tiny Store", again.Host.Current.Brand.Name);
        Assert.Equal("Tiny Store", again.Host.For("T-1").Brand.Name);
    }

    [Fact]
    public async Task A_fresh_process_with_an_old_folder_brings_no_old_version_back()
    {
        var one = await StartAsync("one");
        Edit("one", "Tiny Store");
        one.Host.TryReload();
        await one.Follower.FollowAsync(Token);

        var fresh = await StartAsync("fresh");

        Assert.Equal("Tiny Store", fresh.Host.Current.Brand.Name);
    }

    [Fact]
    public async Task A_folder_that_was_changed_while_nothing_ran_comes_into_force()
    {
        var one = await StartAsync("one");
        Edit("one", "Tiny Store");
        one.Host.TryReload();
        await one.Follower.FollowAsync(Token);

        new PlaybookFiles().WriteTo(Folder("one"));
        var again = await StartAsync("one", write: false);

        Assert.Equal("Tiny Shop", again.Host.Current.Brand.Name);
        Assert.Equal(again.Host.Current.Version, Versions.State()!.Active);
    }

    [Fact]
    public async Task A_gated_change_waits_for_a_passing_run_of_exactly_its_content()
    {
        var one = await StartAsync("one", gated: true);
        var told = new List<string>();
        one.Versions.Proposed = (_, version) => told.Add(version);
        Edit("one", "Tiny Store");

        var waits = Assert.IsType<PlaybookReload.Waits>(one.Host.TryReload());
        await one.Follower.FollowAsync(Token);
        Assert.Equal(("Tiny Shop", waits.Version), (one.Host.Current.Brand.Name, Versions.State()!.Candidate));
        Assert.Equal([waits.Version], told);

        await Versions.PassAsync(new string('0', 64), "run-1", Token);
        Assert.Equal(waits.Version, Versions.State()!.Candidate);
        await Versions.PassAsync(waits.Version, "run-2", Token);
        await one.Follower.FollowAsync(Token);

        Assert.Equal("Tiny Store", one.Host.Current.Brand.Name);
        Assert.Equal(("gates", "run run-2 passed"), Versions.History(1).Select(h => (h.How, h.Why)).Single());
    }

    [Fact]
    public async Task What_decides_nothing_needs_no_run()
    {
        var one = await StartAsync("one", gated: true);
        Directory.CreateDirectory(Path.Combine(Folder("one"), "evals"));
        File.WriteAllText(Path.Combine(Folder("one"), "evals", "golden.jsonl"), """{"id":"G","body":"x"}""" + "\n");

        Assert.IsType<PlaybookReload.Unchanged>(one.Host.TryReload());
    }

    [Fact]
    public async Task Rolls_back_to_what_was_kept_whole()
    {
        var one = await StartAsync("one");
        var before = one.Host.Current.Version;
        Edit("one", "Tiny Store");
        one.Host.TryReload();
        await one.Follower.FollowAsync(Token);

        await Versions.ActivateAsync(before, "rollback", "Ann", "it was worse", Token);
        await one.Follower.FollowAsync(Token);
        var restarted = await StartAsync("one", write: false);

        Assert.Equal(("Tiny Shop", before), (one.Host.Current.Brand.Name, one.Host.Current.Version));
        Assert.Equal(before, restarted.Host.Current.Version);
        Assert.Equal([before], Versions.Beginning(before[..8]));
        var events = _temporary.Database.Read(c => Ledger.Read(c, "operations/playbook"));
        Assert.Equal(3, events.Count);
        Assert.Contains("it was worse", Encoding.UTF8.GetString(events[^1].Data.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_parts_changed_between_two_versions()
    {
        var one = await StartAsync("one");
        var before = one.Host.Current.Version;
        Edit("one", "Tiny Store");
        File.AppendAllText(Path.Combine(Folder("one"), "knowledge", "returns.md"), "\nOne more thing.\n");
        one.Host.TryReload();
        await one.Follower.FollowAsync(Token);

        Assert.Equal(["knowledge (1)", "playbook.yaml"], Versions.Changed(before, one.Host.Current.Version));
        Assert.Null(Versions.Changed(before, new string('0', 64)));
    }

    [Fact]
    public async Task An_edit_during_a_look_is_not_undone_by_it()
    {
        var one = await StartAsync("one");
        Edit("one", "Tiny Store");
        one.Host.TryReload();

        // The look had read the folder before the edit.
        Assert.False(one.Host.Use(one.Host.Current with { Version = "old" }, "another version of the folder"));
        Assert.Equal("Tiny Store", one.Host.Current.Brand.Name);
    }

    private async Task<Process> StartAsync(string name, bool write = true, bool gated = false)
    {
        var files = new PlaybookFiles();
        if (gated) files.With("evals/gates.yaml", Gates);
        if (write) files.WriteTo(Folder(name));
        var options = new PlaybookOptions { Directory = Folder(name) };
        var host = new PlaybookHost(options, _temporary.Clock, NullLogger<PlaybookHost>.Instance);
        var versions = Versions;
        host.MayReplace = playbook => !playbook.IsGated || versions.HasPassed(playbook.Version);
        var follower = new PlaybookFollower(
            host, versions, options, _temporary.Clock, NullLogger<PlaybookFollower>.Instance);
        await follower.FollowAsync(Token);
        return new Process(host, versions, follower);
    }

    private string Folder(string name) => Path.Combine(_root, name);

    private void Edit(string name, string brand)
    {
        var file = Path.Combine(Folder(name), "playbook.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("Tiny Shop", brand, StringComparison.Ordinal));
    }

    private sealed record Process(PlaybookHost Host, PlaybookVersions Versions, PlaybookFollower Follower);
}
