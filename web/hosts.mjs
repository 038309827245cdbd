/**
 * What tells a host how to serve the site: the headers, and that it takes nothing but questions. One file for each
 * way hosts have of being told; dist/README.md says which is whose, and why each header is there.
 */

/** Netlify, Cloudflare Pages and others read it. */
const forPages = (headers) =>
  `/*\n${Object.entries(headers)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('')}`;

const forApache = (headers) => `# Apache reads this by itself where AllowOverride has FileInfo.
<IfModule mod_headers.c>
${Object.entries(headers)
  .map(([name, value]) => `  Header always set ${name} "${value}"\n`)
  .join('')}  <FilesMatch "^(index\\.html|sw\\.js|catalog\\.json(\\.sig)?)$">
    Header always set Cache-Control "no-cache"
  </FilesMatch>
</IfModule>
<IfModule mod_mime.c>
  AddType text/javascript .js
  AddType application/wasm .wasm
  AddType application/manifest+json .webmanifest
</IfModule>
<IfModule mod_rewrite.c>
  RewriteEngine On
  # A photo shared to an app whose data were deleted comes as a POST: it is not taken.
  RewriteCond %{REQUEST_METHOD} !^(GET|HEAD|OPTIONS)$
  RewriteRule ^ - [R=405,L]
</IfModule>
`;

const forNginx = (headers) => `# For a server block whose root is this folder: include …/hosting/nginx.conf;
${Object.entries(headers)
  .map(([name, value]) => `add_header ${name} "${value}" always;\n`)
  .join('')}add_header Cache-Control "no-cache" always;
types {
  text/html html;
  text/css css;
  text/javascript js;
  application/json json;
  application/manifest+json webmanifest;
  application/wasm wasm;
  image/jpeg jpg;
  image/png png;
}
error_page 404 /404.html;
# A photo shared to an app whose data were deleted comes as a POST: it is not taken.
client_max_body_size 1k;
if ($request_method !~ ^(GET|HEAD|OPTIONS)$) {
  return 405;
}
`;

const forCaddy = (headers) => `# For a site block whose root is this folder: import …/hosting/Caddyfile
header {
${Object.entries(headers)
  .map(([name, value]) => `\t${name} "${value}"\n`)
  .join('')}\tCache-Control "no-cache"
}
# A photo shared to an app whose data were deleted comes as a POST: it is not taken.
@writing not method GET HEAD OPTIONS
respond @writing 405
handle_errors {
	rewrite * /404.html
	file_server
}
`;

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

const forIis = (headers) => `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <system.webServer>
    <httpProtocol>
      <customHeaders>
${Object.entries({ ...headers, 'Cache-Control': 'no-cache' })
  .map(([name, value]) => `        <add name="${name}" value="${escaped(value)}" />\n`)
  .join('')}      </customHeaders>
    </httpProtocol>
    <staticContent>
${[
  '.js text/javascript',
  '.json application/json',
  '.wasm application/wasm',
  '.webmanifest application/manifest+json',
  '.tflite application/octet-stream',
  '.atlas application/octet-stream',
  '.sig text/plain',
]
  .map((line) => line.split(' '))
  .map(
    ([end, type]) =>
      `      <remove fileExtension="${end}" />\n      <mimeMap fileExtension="${end}" mimeType="${type}" />\n`,
  )
  .join('')}    </staticContent>
    <security>
      <requestFiltering>
        <!-- A photo shared to an app whose data were deleted comes as a POST: it is not taken. -->
        <verbs allowUnlisted="false">
          <add verb="GET" allowed="true" />
          <add verb="HEAD" allowed="true" />
          <add verb="OPTIONS" allowed="true" />
        </verbs>
        <requestLimits maxAllowedContentLength="1024" />
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
`;

/** Each file's text, by its path in the site. */
export const hostFiles = (headers) => ({
  _headers: forPages(headers),
  '.htaccess': forApache(headers),
  'web.config': forIis(headers),
  'hosting/nginx.conf': forNginx(headers),
  'hosting/Caddyfile': forCaddy(headers),
});
