using EngagementFlows.Engine;

namespace EngagementFlows.Server.Security.Pages;

/// <summary>The words of signing in.</summary>
internal static class SignInTexts
{
    public static LocalizedText SignIn { get; } = new("Sign in", "登录");

    public static LocalizedText Failed { get; } = new(
        "The mail address or the password is not right, or the account is locked for a while after too many attempts. Ask an administrator for a new link if you forgot the password.",
        "邮箱或密码不正确，或因多次尝试失败而暂时锁定。如忘记密码，请向管理员索取新的链接。");

    public static LocalizedText Ended { get; } = new(
        "Your session has ended. Sign in, and you come back to where you were.",
        "登录已过期。请重新登录，登录后将返回刚才的页面。");

    public static LocalizedText MailAddress { get; } = new("Mail address", "邮箱");

    public static LocalizedText Password { get; } = new("Password", "密码");

    public static LocalizedText SetPassword { get; } = new("Set your password", "设置密码");

    public static LocalizedText DeadLink { get; } = new(
        "This link does not open anything (any more): it has been used, has expired, or a newer one was made. Ask an administrator for a new one; the first administrator's link is printed when the server starts.",
        "此链接无效：可能已使用、已过期，或已有更新的链接。请向管理员索取新链接；首位管理员的链接会在服务器启动时打印。");

    /// <summary>Gets the text with the mail address as its placeholder.</summary>
    public static LocalizedText SignInAs { get; } = new("You will sign in as {0}.", "您的登录邮箱是 {0}。");

    /// <summary>Gets the text with the least length as its placeholder.</summary>
    public static LocalizedText NewPassword { get; } = new("Password, at least {0} characters", "密码（至少 {0} 个字符）");

    public static LocalizedText Again { get; } = new("The same again", "再次输入");

    public static LocalizedText SetAndSignIn { get; } = new("Set password and sign in", "设置密码并登录");

    public static LocalizedText Differ { get; } = new("The two passwords differ.", "两次输入的密码不一致。");

    /// <summary>Gets the text with the least and the greatest length as its placeholders.</summary>
    public static LocalizedText TooEasy { get; } = new(
        "Choose a password of {0} to {1} characters, at least five of them different, that is not your name or address.",
        "请设置 {0} 至 {1} 个字符的密码，至少含五种不同字符，且不能是姓名或邮箱。");
}
