using Baton.Playbooks;
using Baton.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Playbooks;

public sealed class PlaybookHostTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("baton-host-");
    private readonly ManualClock _clock = new();
    private readonly PlaybookOptions _options;

    public PlaybookHostTests()
    {
        new PlaybookFiles().WriteTo(_directory.FullName);
        _options = new PlaybookOptions { Directory = _directory.FullName };
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Puts_a_changed_valid_playbook_into_force_and_says_so()
    {
        var host = Host();
        var before = host.Current;
        List<PlaybookActivated> facts = [];
        host.Changed += (fact, _) => facts.Add(fact);
        Write("playbook.yaml", "Tiny Shop", "Tiny Store");

        Assert.IsType<PlaybookReload.Activated>(host.TryReload());

        Assert.Equal("Tiny Store", host.Current.Brand.Name);
        Assert.Equal([new PlaybookActivated("tiny", host.Current.Version, before.Version, _clock.GetUtcNow())], facts);
    }

    [Fact]
    public void Keeps_the_playbook_in_force_when_the_changed_one_is_invalid()
    {
        var host = Host();
        var before = host.Current;
        host.Changed += (_, _) => Assert.Fail("an invalid playbook came into force");
        Write("playbook.yaml", "Europe/Berlin", "Nowhere");

        var kept = Assert.IsType<PlaybookReload.Kept>(host.TryReload());

        Assert.Same(before, host.Current);
        Assert.Equal(("playbook.yaml", 4), (kept.Problems[0].File, kept.Problems[0].Line));
    }

    [Fact]
    public void Changes_nothing_when_only_the_layout_of_a_file_changed()
    {
        var host = Host();
        Write("playbook.yaml", "name: tiny", "# a comment\nname:   \"tiny\"");

        Assert.IsType<PlaybookReload.Unchanged>(host.TryReload());
    }

    [Fact]
    public void Survives_the_folder_being_gone_for_a_while()
    {
        var host = Host();
        Directory.Move(_directory.FullName, _directory.FullName + "-away");
        Assert.IsType<PlaybookReload.Kept>(host.TryReload());

        Directory.Move(_directory.FullName + "-away", _directory.FullName);
        Assert.IsType<PlaybookReload.Unchanged>(host.TryReload());
    }

    [Fact]
    public void Refuses_to_start_without_a_valid_playbook()
    {
        File.Delete(Path.Combine(_directory.FullName, "queues.yaml"));

        var error = Assert.Throws<InvalidPlaybookException>(Host);
        Assert.Equal("queues.yaml", error.Problems[0].File);
    }

    [Fact]
    public void Waits_until_the_folder_has_been_quiet_before_reading_it()
    {
        var host = Host();
        using var watcher = new PlaybookWatcher(host, _options, _clock, NullLogger<PlaybookWatcher>.Instance);
        Write("playbook.yaml", "Tiny Shop", "Tiny Store");
        watcher.Touched();
        _clock.Advance(_options.SettleTime / 2);
        watcher.Touched();
        _clock.Advance(_options.SettleTime / 2);
        Assert.Equal("Tiny Shop", host.Current.Brand.Name);

        _clock.Advance(_options.SettleTime / 2);
        Assert.Equal("Tiny Store", host.Current.Brand.Name);
    }

    [Fact]
    public async Task Notices_a_changed_file()
    {
        _options.SettleTime = TimeSpan.FromMilliseconds(10);
        var host = Host();
        var changed = new TaskCompletionSource<Playbook>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Changed += (_, playbook) => changed.TrySetResult(playbook);
        using var watcher = new PlaybookWatcher(
            host, _options, TimeProvider.System, NullLogger<PlaybookWatcher>.Instance);
        await watcher.StartAsync(TestContext.Current.CancellationToken);
        Write("playbook.yaml", "Tiny Shop", "Tiny Store");

        var playbook = await changed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal("Tiny Store", playbook.Brand.Name);
    }

    private PlaybookHost Host() => new(_options, _clock, NullLogger<PlaybookHost>.Instance);

    private void Write(string path, string old, string @new)
    {
        var file = Path.Combine(_directory.FullName, path);
        File.WriteAllText(file, File.ReadAllText(file).Replace(old, @new, StringComparison.Ordinal));
    }
}
