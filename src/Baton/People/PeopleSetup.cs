using Microsoft.Extensions.DependencyInjection;

namespace Baton.People;

/// <summary>Registers the people of the team.</summary>
internal static class PeopleSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the people of the team.</summary>
        public IServiceCollection AddPeople() => services.AddSingleton<PeopleStore>();
    }
}
