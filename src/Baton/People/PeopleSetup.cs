using Baton.Conversations;
using Baton.People.Inboxes;
using Baton.People.Inboxes.Pulse;
using Baton.People.Inboxes.Views;
using Baton.People.Routing;
using Baton.People.SignIn;
using Baton.Playbooks;
using Baton.Storage.Measured;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.People;

/// <summary>Registers the people of the team and their ways in.</summary>
internal static class PeopleSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the people of the team, their ways in, and what brings them work.</summary>
        /// <param name="lockOut">When an account is closed to further attempts.</param>
        public IServiceCollection AddPeople(LockOut lockOut) => services.AddSingleton<PeopleStore>()
            .AddSingleton<PersonLinks>().AddSingleton<Passwords>().AddSingleton(lockOut).AddSingleton<SignIns>()
            .AddSingleton<InboxLists>().AddSingleton<SavedViews>()
            .AddSingleton<Onlookers>().AddSingleton<PersonActivity>()
            .AddSingleton<InboxPulse>().AddHostedService<InboxPulseService>()
            .AddSingleton<NoticeRecipients>(provider =>
            {
                var people = provider.GetRequiredService<PeopleStore>();
                return to => people.Find(to) is { DisabledAt: null, Email: { Length: > 0 } email } ? [email] : [];
            })
            .AddSingleton<PasswordMails>()
            .AddSingleton<PrivateLetters>(provider => provider.GetRequiredService<PasswordMails>().WriteAsync)
            .AddSingleton(Sight)
            .AddSingleton<WorkRouter>().AddSingleton<HandOvers>()
            .AddSingleton<ReadSeries>(
                provider => new QueueSeries(provider.GetRequiredService<PlaybookHost>()).Read)
            .AddSingleton<Rosters>().AddHostedService<WorkRouterService>();
    }

    private static TeamSight Sight(IServiceProvider provider)
    {
        var (people, onlookers) =
            (provider.GetRequiredService<PeopleStore>(), provider.GetRequiredService<Onlookers>());
        return new TeamSight(
            by => IdIn(by) is { } id ? people.Find(id)?.Name : null,
            ticket => onlookers.Of(ticket, me: "").Any(onlooker => onlooker.Types),
            by => people.Find(by) is { DisabledAt: null } person ? EnumWords.Of(person.Role) : null);
    }

    /// <summary>A record also names the program that acted for a person: the id of the person in it, or null.</summary>
    private static string? IdIn(string by) =>
        by.Split([' ', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word => word.StartsWith("p_", StringComparison.Ordinal));
}
