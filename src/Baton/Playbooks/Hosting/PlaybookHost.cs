using Microsoft.Extensions.Logging;

namespace Baton.Playbooks;

/// <summary>
/// Holds the playbook in force. Whoever decides takes <see cref="Current"/> once per turn, so that one turn never
/// sees two playbooks. An invalid folder never replaces a valid playbook.
/// </summary>
public sealed partial class PlaybookHost
{
    private readonly Lock _reloading = new();
    private readonly PlaybookOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<PlaybookHost> _logger;
    private volatile Playbook _current;

    /// <summary>Loads the folder.</summary>
    /// <exception cref="InvalidPlaybookException">The folder is not a valid playbook.</exception>
    public PlaybookHost(PlaybookOptions options, TimeProvider clock, ILogger<PlaybookHost> logger)
    {
        _options = options;
        _clock = clock;
        _logger = logger;
        var loaded = PlaybookLoader.Load(options.Directory, options.Limits, options.ModelsFile);
        if (loaded is LoadedPlaybook.Invalid invalid)
            throw new InvalidPlaybookException(options.Directory, invalid.Problems);
        Folder = (LoadedPlaybook.Valid)loaded;
        _current = Folder.Playbook;
        Activated = FactOf(_current, previous: null);
        LogActivated(_current.Name, _current.Version, _current.Intents.Count);
    }

    /// <summary>The playbook in force.</summary>
    public Playbook Current => _current;

    /// <summary>The one that a turn of the conversation uses: every stage of it.</summary>
    public Playbook For(string conversation) => Chosen?.Invoke(conversation) ?? _current;

    /// <summary>Another one for some conversations; null, or its null, means the one in force.</summary>
    internal Func<string, Playbook?>? Chosen { get; set; }

    /// <summary>What the folder held when it was last valid, in force or not.</summary>
    internal LoadedPlaybook.Valid Folder { get; private set; }

    /// <summary>Whether a changed folder may come into force at once; null allows every one.</summary>
    internal Func<Playbook, bool>? MayReplace { get; set; }

    /// <summary>Since when it is, and what was before.</summary>
    public PlaybookActivated Activated { get; private set; }

    /// <summary>Raised after another playbook came into force, one at a time. Handlers must not throw.</summary>
    public event Action<PlaybookActivated, Playbook>? Changed;

    /// <summary>Reads the folder and puts it into force when it is valid and different.</summary>
    public PlaybookReload TryReload()
    {
        lock (_reloading)
        {
            return Load() switch
            {
                LoadedPlaybook.Invalid invalid => Keep(invalid.Problems),
                LoadedPlaybook.Valid valid => Take(valid),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
    }

    /// <summary>Puts a playbook into force that does not come from the folder as it is.</summary>
    /// <param name="folder">Version of the folder that this follows from; another one is newer, and nothing is done.</param>
    internal bool Use(Playbook playbook, string folder)
    {
        lock (_reloading)
        {
            if (Folder.Playbook.Version != folder || playbook.Version == _current.Version) return false;
            Activate(playbook);
            return true;
        }
    }

    private PlaybookReload Take(LoadedPlaybook.Valid valid)
    {
        var isNew = valid.Playbook.Version != Folder.Playbook.Version;
        Folder = valid;
        if (valid.Playbook.Version == _current.Version) return Same(valid.Playbook);
        // Unchanged since it was passed over: another one is in force on purpose.
        if (!isNew) return new PlaybookReload.Unchanged();
        if (MayReplace?.Invoke(valid.Playbook) == false)
        {
            LogWaits(valid.Playbook.Version, _current.Version);
            return new PlaybookReload.Waits(valid.Playbook.Version);
        }
        return new PlaybookReload.Activated(Activate(valid.Playbook), valid.Warnings);
    }

    private LoadedPlaybook Load()
    {
        try
        {
            return PlaybookLoader.Load(_options.Directory, _options.Limits, _options.ModelsFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file that is being replaced can be gone for a moment; the change that follows is read again.
            return new LoadedPlaybook.Invalid(
                [new PlaybookProblem(_options.Directory, 1, null, $"cannot be read: {error.Message}")]);
        }
    }

    /// <summary>What decides is the same; texts of people may have changed.</summary>
    private PlaybookReload.Unchanged Same(Playbook playbook)
    {
        _current = playbook;
        return new PlaybookReload.Unchanged();
    }

    private PlaybookActivated Activate(Playbook playbook)
    {
        Activated = FactOf(playbook, _current.Version);
        _current = playbook;
        LogActivated(_current.Name, _current.Version, _current.Intents.Count);
        Changed?.Invoke(Activated, _current);
        return Activated;
    }

    private PlaybookReload.Kept Keep(IReadOnlyList<PlaybookProblem> problems)
    {
        LogKept(_current.Version, problems.Count, string.Join('\n', problems.Take(20)));
        return new PlaybookReload.Kept(problems);
    }

    private PlaybookActivated FactOf(Playbook playbook, string? previous) =>
        new(playbook.Name, playbook.Version, previous, _clock.GetUtcNow());

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Playbook {Name} {Version} is in force with {Intents} intents")]
    private partial void LogActivated(string name, string version, int intents);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Playbook {Version} waits for a run that passes its gates; {Current} stays in force")]
    private partial void LogWaits(string version, string current);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The changed playbook has {Count} problems; {Version} stays in force:\n{Problems}")]
    private partial void LogKept(string version, int count, string problems);
}
