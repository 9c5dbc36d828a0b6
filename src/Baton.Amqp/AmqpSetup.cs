using Baton.Storage.Engines;
using Baton.Storage.Jobs.Dispatching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Baton.Amqp;

/// <summary>Adds the broker to a host of Baton.</summary>
public static class AmqpSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Lets the broker of <c>Baton:Dispatch:Amqp</c> tell workers of work; nothing where none is named. After
        /// <c>AddBaton</c>.
        /// </summary>
        /// <exception cref="BatonSettingException">The database is a file, which one machine works on.</exception>
        /// <exception cref="InvalidOperationException">Baton was not added before.</exception>
        public IServiceCollection AddBatonAmqp()
        {
            var options = services.LastOrDefault(s => s.ServiceType == typeof(BatonOptions))?.ImplementationInstance
                as BatonOptions ?? throw new InvalidOperationException("AddBatonAmqp comes after AddBaton");
            if (options.Dispatch.Amqp is null) return services;
            if (!StorageEngine.IsServer(options.Database))
                throw new BatonSettingException(
                    $"setting BATON__Dispatch__Amqp: needs PostgreSQL, and the database is {StorageEngine.Shown(options.Database)}. "
                    + "Move it with `baton db move`, or leave the setting out.");
            services.AddHealthChecks().AddCheck<BrokerCheck>("broker");
            services.AddSingleton(provider => new AmqpDispatch(
                options.Dispatch, TimeProvider.System, provider.GetRequiredService<ILogger<AmqpDispatch>>()));
            services.Replace(ServiceDescriptor.Singleton<IDispatch>(
                provider => provider.GetRequiredService<AmqpDispatch>()));
            return services;
        }
    }

    /// <summary>Without its broker an installation is slower, and ready.</summary>
    private sealed class BrokerCheck(AmqpDispatch dispatch) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
            dispatch.IsUp ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(
                $"The broker {dispatch.Place} cannot be reached: workers look into the database by themselves."));
    }
}
