using Microsoft.Extensions.DependencyInjection;

namespace Baton.Privacy;

/// <summary>Registers the redactor.</summary>
public static class PrivacySetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the redactor with the product's default profile.</summary>
        public IServiceCollection AddPrivacy() => services.AddSingleton(new Redactor());
    }
}
