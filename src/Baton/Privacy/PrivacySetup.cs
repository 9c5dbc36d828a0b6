using Baton.Privacy.Presidio;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baton.Privacy;

/// <summary>Registers the redactor.</summary>
public static class PrivacySetup
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds the redactor with the product's default profile, and Presidio's findings where it has an address.
        /// </summary>
        public IServiceCollection AddPrivacy(PresidioOptions? presidio = null) => services
            .AddSingleton(new Redactor())
            .AddSingleton(provider => Informed(provider, presidio ?? new PresidioOptions()));
    }

    private static InformedRedaction Informed(IServiceProvider provider, PresidioOptions options)
    {
        var redactor = provider.GetRequiredService<Redactor>();
        return new InformedRedaction(
            redactor, options.Address is null ? null : new PresidioConnector(new HttpClient(), options, redactor),
            options,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<InformedRedaction>>());
    }
}
