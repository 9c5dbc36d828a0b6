using Baton.Decisions.Local;
using Baton.Playbooks;
using Microsoft.Extensions.Logging;

namespace Baton.Decisions;

/// <summary>Settings of the local tier.</summary>
/// <param name="CacheFolder">Folder for trained models, by content; removing it costs a training at the next
/// start.</param>
internal sealed record LocalModelOptions(string CacheFolder);

/// <summary>
/// The playbook in force together with its local models. A changed playbook counts once its models are trained, so no
/// turn ever waits for a training.
/// </summary>
internal sealed partial class LocalModelCache : IDisposable, IAsyncDisposable
{
    private readonly PlaybookHost _playbooks;
    private readonly LocalModelOptions _options;
    private readonly LocalEncoder _encoder;
    private readonly ILogger<LocalModelCache> _logger;
    private readonly Lock _training = new();
    private volatile Trained? _current;
    private volatile Trained? _other;
    private volatile Task _background = Task.CompletedTask;

    public LocalModelCache(
        PlaybookHost playbooks, LocalModelOptions options, LocalEncoder encoder, ILogger<LocalModelCache> logger)
    {
        (_playbooks, _options, _encoder, _logger) = (playbooks, options, encoder, logger);
        _playbooks.Changed += TrainInBackground;
    }

    /// <summary>
    /// The pair to decide with. The first call trains or loads the models: make it before work starts.
    /// </summary>
    public Trained Current => _current ?? Train(_playbooks.Current);

    /// <summary>The pair that a turn of the conversation uses.</summary>
    public Trained For(string conversation)
    {
        var chosen = _playbooks.For(conversation);
        if (chosen.Version == _playbooks.Current.Version) return Current;
        return _other is { } known && known.Playbook.Version == chosen.Version ? known : Prepare(chosen);
    }

    /// <summary>Trains another playbook's models: do it before turns are given to it, so that none waits.</summary>
    public Trained Prepare(Playbook other)
    {
        lock (_training) return _other = TrainBeside(other);
    }

    /// <summary>The models of a playbook that no turn uses.</summary>
    public Trained TrainBeside(Playbook other) =>
        new(other, LocalModels.Train(other, _encoder.Vectors, _options.CacheFolder));

    /// <summary>Whether there is a pair already.</summary>
    public bool IsLoaded => _current is not null;

    public void Dispose() => _playbooks.Changed -= TrainInBackground;

    /// <summary>
    /// Ends when the training in the background has: tests wait for it, and so does the end of the host.
    /// </summary>
    public Task Training => _background;

    /// <summary>Waits for a training that runs: its files are whole when the host has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _background.ConfigureAwait(false);
    }

    private void TrainInBackground(PlaybookActivated activated, Playbook playbook) => _background = Task.Run(() =>
    {
        try
        {
            Train(playbook);
        }
        catch (Exception error)
        {
            LogFailed(error, playbook.Version);
        }
    });

    private Trained Train(Playbook playbook)
    {
        lock (_training)
        {
            if (_current is { } known && known.Playbook.Version == playbook.Version) return known;
            return _current = new Trained(
                playbook, LocalModels.Train(playbook, _encoder.Vectors, _options.CacheFolder));
        }
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "No models could be trained for playbook {Version}; the one before stays in force")]
    private partial void LogFailed(Exception error, string version);

    /// <summary>A playbook and the models that were trained on it.</summary>
    internal sealed record Trained(Playbook Playbook, LocalModels Models);
}
