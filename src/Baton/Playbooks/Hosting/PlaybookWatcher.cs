using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Playbooks;

/// <summary>Reloads the playbook when its folder has changed and been quiet for a moment.</summary>
internal sealed partial class PlaybookWatcher : IHostedService, IDisposable
{
    private readonly PlaybookHost _host;
    private readonly PlaybookOptions _options;
    private readonly ILogger<PlaybookWatcher> _logger;
    private readonly ITimer _settled;
    private FileSystemWatcher? _watcher;

    public PlaybookWatcher(
        PlaybookHost host, PlaybookOptions options, TimeProvider clock, ILogger<PlaybookWatcher> logger)
    {
        _host = host;
        _options = options;
        _logger = logger;
        _settled = clock.CreateTimer(_ => _host.TryReload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Watch) Watch();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>A file may have changed: wait until nothing has for the settle time.</summary>
    public void Touched() => _settled.Change(_options.SettleTime, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _watcher?.Dispose();
        _settled.Dispose();
    }

    private void Watch()
    {
        try
        {
            _watcher = new FileSystemWatcher(_options.Directory) { IncludeSubdirectories = true };
            _watcher.Changed += (_, _) => Touched();
            _watcher.Created += (_, _) => Touched();
            _watcher.Deleted += (_, _) => Touched();
            _watcher.Renamed += (_, _) => Touched();
            _watcher.Error += (_, _) => Touched();
            _watcher.EnableRaisingEvents = true;
        }
        catch (IOException error)
        {
            // The system has no watches left. Everything else works; a reload can still be asked for.
            LogNotWatching(error, _options.Directory);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Changes of {Directory} are not noticed; reload the playbook by command")]
    private partial void LogNotWatching(Exception error, string directory);
}
