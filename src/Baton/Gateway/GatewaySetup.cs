using Baton.Gateway.Chain;
using Baton.Gateway.Keys;
using Baton.Gateway.Money.Exporting;
using Baton.Gateway.Providers;
using Baton.Gateway.Telemetry;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Privacy;
using Baton.Storage.Sealing;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Measured;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Baton.Gateway;

/// <summary>Registers the gateway.</summary>
internal static class GatewaySetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the gateway, its virtual keys, and the watch over attempts that nobody ended.</summary>
        public IServiceCollection AddGateway(GatewayOptions options, ReadSecret secret) => services
            .AddSingleton(options)
            .AddSingleton(new ErasedPlace("kept answers of models", AnswerCache.Erase))
            .AddSingleton(provider => Watched(provider, new GatewayParts(
                provider.GetRequiredService<Database>(),
                Policy(provider),
                new ProviderAccess { Secret = secret, Clock = provider.GetRequiredService<TimeProvider>() },
                provider.GetRequiredService<Redactor>(),
                options)
            {
                KillSwitch = Switch(provider),
            }))
            .AddSingleton(provider => new ModelGateway(provider.GetRequiredService<GatewayParts>()))
            .AddSingleton<IChatClient>(provider => provider.GetRequiredService<ModelGateway>())
            .AddSingleton(provider => new VirtualKeyStore(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<ReadSeries>(
                provider => new GatewaySeries(provider.GetRequiredService<GatewayParts>()).Read)
            .AddSingleton<ReceiptDrop>()
            .AddSingleton(provider => new JobKind(ReceiptDrop.Kind, (_, token) =>
                provider.GetRequiredService<ReceiptDrop>().RunAsync(token)))
            .AddHostedService(provider => provider.GetRequiredService<ReceiptDrop>())
            .AddHostedService<ReceiptRecovery>();
    }

    /// <summary>A playbook that is changed while Baton runs counts from the next call on.</summary>
    private static Func<ModelsPolicy> Policy(IServiceProvider provider)
    {
        var host = provider.GetRequiredService<PlaybookHost>();
        return () => host.Current.Models ?? ModelsPolicy.None;
    }

    /// <summary>A provider that somebody has stopped is not asked from the next call on.</summary>
    private static GatewayParts Watched(IServiceProvider provider, GatewayParts parts)
    {
        var killSwitch = provider.GetRequiredService<KillSwitch>();
        parts.Breakers.IsStopped = name => killSwitch.Of(KillScope.Provider, name) is not null;
        return parts;
    }

    private static ReadKillSwitch Switch(IServiceProvider provider)
    {
        var killSwitch = provider.GetRequiredService<KillSwitch>();
        return () => killSwitch.Read() is { On: true } state ? $"by {state.By}: {state.Why ?? "no reason given"}"
            : null;
    }
}

/// <summary>Turns attempts of processes that died into receipts, at the start and every minute.</summary>
internal sealed class ReceiptRecovery(GatewayParts parts) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await parts.Receipts.FlushAsync(cancellationToken).ConfigureAwait(false);
        await parts.Answers.Work.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await parts.Receipts.RecoverAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is GatewayException or StorageException)
            {
                // The receipts stay where they are and are tried again; new calls are refused meanwhile.
            }
            await Task.Delay(Pause, parts.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
