using EngagementFlows.Postgres.Accounts;
using EngagementFlows.Postgres.Keys;
using EngagementFlows.Postgres.Personnel;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Forms;
using EngagementFlows.Server.Personnel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace EngagementFlows.Server.Security;

/// <summary>Registers who may come in, and how that is known.</summary>
internal static class SecurityRegistration
{
    private const string AnyScheme = "Any";

    public static IServiceCollection AddEngagementFlowsSecurity(this IServiceCollection services, ServerOptions options, KeyFile keys)
    {
        services.AddSingleton(keys);
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<UseApiKey>();
        services.AddSingleton<ListApiKeys>();
        services.AddSingleton<KeyDesk>();
        services.AddSingleton<PeopleDesk>();
        services.AddSingleton<Confidentiality>();
        services.AddSingleton<FindClosedIds>();
        services.AddSingleton<FindPersonnelFile>();
        services.AddSingleton<ListOwnFiles>();
        services.AddSingleton<PersonnelDesk>();
        services.AddSingleton<TeamDesk>();
        services.AddSingleton<ListAccounts>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<AccountLinks>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<BeginSignIn>();
        services.AddSingleton<CompleteSignIn>();
        services.AddSingleton<GetSessionPerson>();
        services.AddSingleton<FindAccountLink>();
        services.AddSingleton<FindFirstAdministrator>();
        services.AddSingleton<AddFirstAdministrator>();
        services.AddSingleton<ListDataProtectionKeys>();
        services.AddSingleton<AddDataProtectionKey>();
        AddKeyRing(services);
        AddSchemes(services, options);
        services.AddAuthorization(Policies.Register);
        services.AddAntiforgery(forms =>
        {
            forms.Cookie = new FormCookie(options);
            // The frame rules of all answers are stricter.
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<FormOptions>(forms => forms.ValueCountLimit = FormPost.MostFields);
        services.AddRateLimiter(limits => RateLimits.Register(limits, options));
        services.AddHttpContextAccessor();
        services.AddScoped(provider => CurrentPerson.Of(Context(provider).User));
        return services;
    }

    private static HttpContext Context(IServiceProvider provider) =>
        provider.GetRequiredService<IHttpContextAccessor>().HttpContext
        ?? throw new InvalidOperationException("EngagementFlows bug: who is signed in was asked for outside of a request.");

    private static void AddKeyRing(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("EngagementFlows");
        services.AddSingleton<IXmlRepository, DatabaseKeyRing>();
        services.AddSingleton<IXmlEncryptor, KeyRingEncryptor>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(ring =>
        {
            ring.XmlRepository = provider.GetRequiredService<IXmlRepository>();
            ring.XmlEncryptor = provider.GetRequiredService<IXmlEncryptor>();
        }));
    }

    private static void AddSchemes(IServiceCollection services, ServerOptions options) => services
        .AddAuthentication(AnyScheme)
        .AddPolicyScheme(AnyScheme, displayName: null, scheme =>
            scheme.ForwardDefaultSelector = context => ApiKeyHandler.IsPresented(context.Request) ? ApiKeyHandler.SchemeName : Sessions.Scheme)
        .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, displayName: null, configureOptions: null)
        .AddCookie(Sessions.Scheme, cookie =>
        {
            cookie.Cookie.Name = Sessions.CookieName;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = SecurePolicy(options);
            cookie.ExpireTimeSpan = options.SignIn.SessionLifetime;
            cookie.SlidingExpiration = true;
            cookie.LoginPath = Sessions.SignInPath;
            cookie.ReturnUrlParameter = "returnTo";
            cookie.EventsType = typeof(Sessions);
        });

    // Behind a proxy that ends TLS the request itself is not secure, but the browser's is.
    private static CookieSecurePolicy SecurePolicy(ServerOptions options) =>
        (options.ConsoleUrl ?? options.PublicUrl)?.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
}
