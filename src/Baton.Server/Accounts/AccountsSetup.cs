using Baton.Server.Accounts.Forms;
using Baton.Server.Accounts.Keys;
using Baton.Server.Accounts.OpenId;
using Baton.Server.Api;

namespace Baton.Server.Accounts;

/// <summary>How people sign in and what they do with accounts.</summary>
internal static class AccountsSetup
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddAccounts(OpenIdOptions openId, AccessOptions access) => services
            .AddOpenId(openId, access)
            .AddSingleton<PersonSessions>().AddSingleton<CodeStep>().AddSingleton<PasswordLogIns>()
            .AddSingleton<StartLinks>().AddSingleton<PersonNames>();
    }

    extension(IEndpointRouteBuilder routes)
    {
        public void MapAccounts()
        {
            routes.MapSession();
            routes.MapJoin();
            routes.MapForgotten();
            routes.MapOpenId();
            routes.MapAccountForms();
            routes.MapPeopleForms();
            routes.MapKeyForms();
        }
    }
}
