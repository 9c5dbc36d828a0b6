using System.Runtime;
using Baton.Conversations.RawTexts;
using Baton.Decisions;
using Baton.Decisions.Asking;
using Baton.Decisions.Local;
using Baton.Gateway;
using Baton.Operations.Links;
using Baton.Playbooks;
using Baton.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton;

/// <summary>Opens the database, loads the playbook and trains the models before anybody is served.</summary>
internal sealed partial class BatonStart(IServiceProvider services, ILogger<BatonStart> logger)
    : IHostedLifecycleService
{
    /// <returns>A line each about models that cannot be asked for want of a key and a missing encoder, or
    /// null.</returns>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    /// <exception cref="InvalidPlaybookException">The playbook has mistakes; the message names them all.</exception>
    public static string? Check(IServiceProvider services)
    {
        var database = services.GetRequiredService<Database>();
        if (database.Keys.Problem(database.Read(MessageKeys.Files)) is { } closed)
            throw new StorageException(closed, isTransient: false);
        var playbook = Trained(services).Playbook;
        GiveBack();
        string?[] lines =
            [services.GetRequiredService<ModelAsker>().Missing(playbook),
                services.GetRequiredService<LocalEncoder>().Notice,
                services.GetRequiredService<PublicAddress>().Notice];
        return string.Join('\n', lines.OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    /// <summary>Training needs the vectors of the playbook's texts.</summary>
    private static LocalModelCache.Trained Trained(IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<LocalModelCache>().Current;
        }
        catch (GatewayException error)
        {
            throw new BatonSettingException(
                $"setting BATON__Local__EmbeddingModel: no vectors of the playbook's texts: {error.Message}");
        }
    }

    /// <summary>
    /// Loading leaves large buffers behind that would stay until the heap is full: it never is on a quiet day.
    /// </summary>
    private static void GiveBack()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>Before any service of the host starts, however it was added.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (Check(services) is { } missing) LogMissing(missing);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Missing}")]
    private partial void LogMissing(string missing);
}
