namespace Baton.Server.Pages;

/// <summary>Adds the console to the host.</summary>
internal static class ConsoleSetup
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddConsole()
        {
            services.AddRazorComponents();
            services.AddHttpContextAccessor();
            services.AddAntiforgery(options => options.Cookie.SameSite = SameSiteMode.Strict);
            return services
                .AddSingleton<Icons>()
                .AddSingleton<SampleTickets>()
                .AddSingleton<PlaygroundWatches>()
                .AddSingleton<TicketReader>();
        }
    }

    extension(WebApplication app)
    {
        /// <summary>Before authentication: styles and scripts are open, because the log-in page needs them.</summary>
        public void UseConsoleFiles()
        {
            app.UseSecurityHeaders();
            app.UseStaticFiles();
        }

        public void MapConsole()
        {
            app.UseAntiforgery();
            app.MapGet("/", () => TypedResults.Redirect("/playground")).ExcludeFromDescription();
            app.MapSession();
            app.MapPlayground();
            app.MapTicketForms();
            app.MapRazorComponents<App>();
        }
    }
}
