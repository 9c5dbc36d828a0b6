using Baton.Server.Accounts.Forms;

namespace Baton.Server.Accounts;

/// <summary>How people sign in and what they do with accounts.</summary>
internal static class AccountsSetup
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddAccounts() => services
            .AddSingleton<PersonSessions>().AddSingleton<CodeStep>().AddSingleton<PasswordLogIns>()
            .AddSingleton<StartLinks>().AddSingleton<PersonNames>();
    }

    extension(IEndpointRouteBuilder routes)
    {
        public void MapAccounts()
        {
            routes.MapSession();
            routes.MapJoin();
            routes.MapAccountForms();
            routes.MapPeopleForms();
        }
    }
}
