using Baton.Playbooks;
using Baton.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Operations.Versions;

/// <summary>
/// Makes every process use the version that the database names: what the own folder holds is proposed to it, and what
/// others put into force is taken over.
/// </summary>
internal sealed partial class PlaybookFollower(
    PlaybookHost host, PlaybookVersions versions, PlaybookOptions options, TimeProvider clock,
    ILogger<PlaybookFollower> logger) : BackgroundService
{
    private string? _proposed;
    private string? _unusable;

    /// <summary>The first look is taken before anything is started: no turn meets a stale version.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        host.MayReplace = playbook => !playbook.IsGated || versions.HasPassed(playbook.Version);
        await FollowAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>One look at the folder and the database.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var folder = host.Folder;
        if (folder.Playbook.Version != _proposed)
        {
            await versions.ProposeAsync(
                $"{Environment.MachineName}:{Path.GetFullPath(options.Directory)}", folder, cancellationToken);
            _proposed = folder.Playbook.Version;
        }
        if (versions.State() is not { } state || state.Active == host.Current.Version || state.Active == _unusable)
            return;
        if (state.Active == folder.Playbook.Version) host.Use(folder.Playbook, _proposed);
        else if (versions.Load(state.Active) is LoadedPlaybook.Valid kept) host.Use(kept.Playbook, _proposed);
        else
        {
            // Kept by a program that reads playbooks otherwise: said once, and what runs goes on.
            _unusable = state.Active;
            LogUnusable(state.Active, host.Current.Version);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(options.FollowEvery, clock);
        try
        {
            while (await tick.WaitForNextTickAsync(stoppingToken)) await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(cancellationToken);
        }
        catch (StorageException error) when (error.IsTransient)
        {
            LogLate(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Playbook {Version} is in force and cannot be read by this program; {Current} goes on here")]
    private partial void LogUnusable(string version, string current);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not say which playbook is in force; trying again")]
    private partial void LogLate(Exception error);
}
