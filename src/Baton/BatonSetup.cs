using Baton.Customers;
using Baton.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Baton;

/// <summary>Adds Baton to a host of one's own.</summary>
public static class BatonSetup
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds Baton to a host of one's own: intake, decisions, gateway and the workers that run with the host.
        /// Settings
        /// <c>Baton:…</c> are bound first. An <see cref="ICustomerDirectory"/>, a <see cref="TimeProvider"/> and health
        /// checks that the host has registered are used. Routes are mapped by <c>MapBaton</c>.
        /// </summary>
        /// <exception cref="BatonSettingException">A setting cannot be used.</exception>
        public IHostApplicationBuilder AddBaton(Action<BatonOptions>? configure = null)
        {
            var settings = new SettingsReader(builder.Configuration);
            var options = BatonSettings.Read(settings);
            settings.Close();
            configure?.Invoke(options);
            BatonSettings.Check(options);
            builder.Services.AddBaton(options, builder.Configuration);
            builder.Services.AddHostedService<BatonStart>();
            return builder;
        }
    }
}
