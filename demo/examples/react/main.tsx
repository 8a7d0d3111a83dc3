import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { StepUp } from './step-up'

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <StepUp />
  </StrictMode>,
)
